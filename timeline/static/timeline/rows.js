/* Adds a row to a page of rows. Without it, save the rows and come back for more. */
"use strict";
{
    const form = document.getElementById("rows");
    const total = form.querySelector("[name$=TOTAL_FORMS]");
    const most = Number(form.querySelector("[name$=MAX_NUM_FORMS]").value);
    const button = document.getElementById("add-row");

    button.hidden = false;
    button.addEventListener("click", function () {
        const number = Number(total.value);
        if (number >= most) return;
        const row = form.querySelector("template").content.cloneNode(true);
        for (const part of row.querySelectorAll("*")) {
            for (const { name, value } of [...part.attributes]) {
                if (value.includes("__prefix__")) {
                    part.setAttribute(name, value.replace("__prefix__", number));
                }
            }
        }
        const first = row.querySelector("input");
        form.querySelector("template").before(row);
        total.value = number + 1;
        first.focus();
    });
}
