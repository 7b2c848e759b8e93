/* Moves statements up and down on their event's page. Without it, their order is
   typed as numbers. */
"use strict";
{
    const BLOCK = ".statements-in-short .inline-related:not(.empty-form)";
    const place = (block) => block.querySelector("[name$=-position]");
    const isEmpty = (block) =>
        !block.classList.contains("has_original") &&
        !block.querySelector("[name$=-text]").value.trim();

    const renumber = function () {
        let number = 0;
        for (const block of document.querySelectorAll(BLOCK)) {
            if (isEmpty(block)) continue;
            number += 1;
            place(block).value = number;
        }
    };

    const move = function (block, step) {
        const blocks = [...document.querySelectorAll(BLOCK)];
        const other = blocks[blocks.indexOf(block) + step];
        if (!other) return;
        if (step < 0) other.before(block);
        else other.after(block);
        renumber();
    };

    const button = function (block, label, sign, step) {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "move";
        made.textContent = sign;
        made.title = label;
        made.setAttribute("aria-label", label);
        made.addEventListener("click", function () {
            move(block, step);
            made.focus();
        });
        return made;
    };

    const equip = function (block) {
        const words = document.getElementById("words-of-statements");
        const title = block.querySelector("h3");
        if (!words || !title || !place(block) || block.querySelector(".move")) return;
        const both = document.createElement("span");
        both.className = "moves";
        both.append(
            button(block, words.dataset.up, "↑", -1),
            button(block, words.dataset.down, "↓", 1),
        );
        title.append(both);
    };

    document.addEventListener("DOMContentLoaded", function () {
        document.querySelectorAll(BLOCK).forEach(equip);
    });
    document.addEventListener("formset:added", function (event) {
        if (event.target.matches(BLOCK)) equip(event.target);
    });
}
