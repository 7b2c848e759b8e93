/* A pasted report: what its text says goes into the empty fields, and the words that
   are selected in it into the field of the words. Without it, a button fills in the
   one, and the words are pasted. */
"use strict";
{
    const WAIT = 500; // milliseconds without a key
    const form = document.getElementById("from-report");
    const field = (name) => form.elements.namedItem(name);
    const say = function (name, sentence) {
        const row = field(name).closest(".form-row");
        row.querySelector(".said").textContent = sentence;
    };
    const changed = (input) =>
        input.dispatchEvent(new Event("input", { bubbles: true }));

    /* What the text says */

    const fill = function (found) {
        if (found.text !== undefined) field("text").value = found.text;
        for (const name of ["address", "publisher", "published"]) {
            const input = field(name);
            if (input.value || !found[name]) continue;
            input.value = found[name];
            changed(input);
            if (name === "published") {
                say(name, form.dataset.read.replace("%s", found.said));
            }
        }
        const use = field("use_report");
        use.closest(".form-row").hidden = !found.known;
        use.checked = Boolean(found.known);
        say(
            "address",
            found.known ? form.dataset.known.replace("%s", `“${found.known}”`) : "",
        );
    };

    let waiting;
    let asked = "";
    const read = async function () {
        const address = field("address").value;
        const text = field("text").value;
        if (asked === address + text || !(address || text)) return;
        asked = address + text;
        const body = new URLSearchParams({
            address,
            text,
            csrfmiddlewaretoken: field("csrfmiddlewaretoken").value,
        });
        try {
            const answer = await fetch(form.dataset.report, { method: "POST", body });
            if (answer.ok) fill(await answer.json());
        } catch {
            return; // the button does the same
        }
    };
    const soon = function () {
        clearTimeout(waiting);
        waiting = setTimeout(read, WAIT);
    };
    field("text").addEventListener("input", soon);
    field("address").addEventListener("input", soon);

    /* The words, as they are selected */

    const take = function () {
        const text = field("text");
        const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
        if (!chosen.trim()) {
            say("text", form.dataset.noSelection);
            return;
        }
        const blank = chosen.length - chosen.trimStart().length;
        field("words").value = chosen.trim();
        field("at").value = text.selectionStart + blank;
        say("text", "");
        say("words", form.dataset.taken);
        changed(field("words"));
    };
    field("text").addEventListener("keydown", function (event) {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        take();
    });
    field("words").addEventListener("input", function (event) {
        if (event.isTrusted) field("at").value = ""; // no longer what was selected
    });

    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = form.dataset.take;
    button.addEventListener("click", take);
    form.querySelector(".report-tools").append(button);
}
