/* A slider over the days on which something in a story was reported: the page changes
   as it is dragged. Without it, the same days are links. */
"use strict";
{
    const WAIT = 150; // milliseconds without a move
    const PARTS = "[data-part]";

    const wordsOf = function (day) {
        /* A day as readers of this page write it. */
        const date = new Date(`${day}T00:00:00Z`);
        const { lang } = document.documentElement;
        const style = { dateStyle: "long", timeZone: "UTC" };
        return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, style).format(date);
    };

    const addressOf = function (day) {
        /* This page, as it was known by a day; without one, as it is now. */
        const address = new URL(location.href);
        address.searchParams.delete("page");
        if (day) address.searchParams.set("known_at", day);
        else address.searchParams.delete("known_at");
        address.hash = "";
        return address;
    };

    const replaceParts = function (page) {
        /* What the server made of the other day, in the place of what is shown. */
        for (const part of document.querySelectorAll(PARTS)) {
            const other = page.querySelector(`[data-part="${part.dataset.part}"]`);
            if (other) part.replaceChildren(...other.childNodes);
        }
    };

    const held = function (home, change) {
        /* What is dragged stays under the finger, whatever comes or goes above it. */
        const root = document.documentElement;
        const before = home.getBoundingClientRect().top;
        root.style.overflowAnchor = "none"; // the browser would do a part of it, too
        change();
        window.scrollBy(0, home.getBoundingClientRect().top - before);
        requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
    };

    const placeOf = function (day, steps) {
        /* The step that a day belongs to: the last one that is not after it. */
        if (!day) return steps.length;
        return Math.max(0, steps.findLastIndex((step) => step <= day));
    };

    const start = function (home) {
        const steps = home.dataset.steps.split(" ").filter(Boolean);
        if (!steps.length) return;
        const slider = document.createElement("input");
        const shown = document.createElement("output");
        let waiting = 0;
        let asking = null;
        let settled = home.dataset.day;

        const say = function () {
            const day = steps[Number(slider.value)] || "";
            const words = day ? wordsOf(day) : home.dataset.now;
            slider.setAttribute("aria-valuetext", words);
            shown.textContent = words;
            return day;
        };

        const goBack = function () {
            /* The page still shows the day before: so does the slider. */
            slider.value = String(placeOf(settled, steps));
            say();
            document.querySelector('[data-part="said"]').textContent = home.dataset.failed;
        };

        const ask = async function (day) {
            const address = addressOf(day);
            if (asking) asking.abort();
            const mine = new AbortController();
            asking = mine;
            try {
                const answer = await fetch(address, { signal: mine.signal });
                if (!answer.ok) throw new Error(String(answer.status));
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                if (asking !== mine) return;
                held(home, () => replaceParts(page));
                history.replaceState(null, "", address);
                settled = day;
            } catch (error) {
                if (error.name !== "AbortError" && asking === mine) goBack();
            }
        };

        slider.type = "range";
        slider.min = "0";
        slider.max = String(steps.length); // the last step is now
        slider.style.setProperty("--steps", slider.max);
        slider.value = String(placeOf(settled, steps));
        slider.setAttribute("aria-label", home.dataset.label);
        shown.setAttribute("aria-hidden", "true"); // the slider says it itself
        slider.addEventListener("input", () => {
            const day = say();
            clearTimeout(waiting);
            waiting = setTimeout(ask, WAIT, day);
        });
        say();
        home.append(slider, shown);
        home.classList.add("ready");
    };

    for (const home of document.querySelectorAll(".slider[data-steps]")) start(home);
}
