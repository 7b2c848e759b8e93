/* Tells what a date means as it is typed, beside its field. Without it, the page says
   so once the date is saved. */
"use strict";
{
    const WAIT = 300; // milliseconds without a key
    const waiting = new WeakMap();
    const asked = new WeakMap();

    const beside = function (input, name) {
        /* The field of this name in the same form, or in the same row of it. */
        const stem = input.name.slice(0, -input.dataset.field.length);
        return name ? input.form.elements.namedItem(stem + name) : null;
    };

    const question = function (input) {
        const words = beside(input, input.dataset.words);
        const query = new URLSearchParams({
            text: input.value.trim() || (words ? words.value : ""),
        });
        const anchor = beside(input, input.dataset.anchor);
        const on = beside(input, input.dataset.on);
        const { anchorKey } = input.dataset;
        if (anchorKey || anchor) query.set("anchor", anchorKey || anchor.value);
        if (on) query.set("on", on.value);
        return query.toString();
    };

    const tell = async function (input) {
        const place = input.parentElement.querySelector(".date-meaning");
        const query = question(input);
        if (!place || asked.get(input) === query) return;
        asked.set(input, query);
        let told;
        try {
            const answer = await fetch(`${input.dataset.reading}?${query}`, {
                headers: { Accept: "application/json" },
            });
            if (!answer.ok) return;
            told = await answer.json();
        } catch {
            return; // the field is checked when it is saved
        }
        if (asked.get(input) !== query) return; // typed on meanwhile
        place.textContent = told.sentence;
        place.classList.toggle("is-wrong", told.wrong);
    };

    const soon = function (input) {
        clearTimeout(waiting.get(input));
        waiting.set(input, setTimeout(tell, WAIT, input));
    };

    const changed = function (target) {
        if (!target.form) return;
        for (const input of target.form.querySelectorAll("[data-reading]")) {
            const { words, anchor, on } = input.dataset;
            const counts = [words, anchor, on].map((name) => beside(input, name));
            if (input === target || counts.includes(target)) soon(input);
        }
    };

    document.addEventListener("input", (event) => changed(event.target));
    document.addEventListener("change", (event) => changed(event.target));
    document.addEventListener("DOMContentLoaded", function () {
        if (!window.django || !window.django.jQuery) return;
        /* Choices of the admin tell of their changes by jQuery alone. */
        window.django.jQuery(document).on("change", "select", (event) => {
            if (!event.originalEvent) changed(event.target);
        });
    });
}
