"use strict";

// Says every half minute that this page is still open, and shows who else has it open.
{
    const HALF_A_MINUTE = 30000;
    const note = document.querySelector(".others");
    const token = document.querySelector("[name=csrfmiddlewaretoken]");

    const tell = async () => {
        const body = new FormData();
        body.append("csrfmiddlewaretoken", token.value);
        try {
            const answer = await fetch(note.dataset.page, { method: "POST", body });
            if (answer.ok && answer.headers.get("Content-Type").startsWith("application/json")) {
                const words = (await answer.json()).others;
                if (note.textContent !== words) { note.textContent = words; }
            }
        } catch { /* Without a network nothing is known; saving will say so. */ }
    };

    const leave = () => {
        const body = new FormData();
        body.append("csrfmiddlewaretoken", token.value);
        body.append("left", "yes");
        navigator.sendBeacon(note.dataset.page, body);
    };

    if (note && token) {
        tell();
        setInterval(tell, HALF_A_MINUTE);
        addEventListener("pagehide", leave);
        addEventListener("pageshow", (event) => { if (event.persisted) { tell(); } });
    }
}
