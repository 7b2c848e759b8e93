/* Offers the names on the desk as one types, and says whether one is new. */
"use strict";
{
    const WAIT = 300; // milliseconds without a key
    const waiting = new WeakMap();
    let number = 0;

    const listOf = function (input) {
        if (!input.list) {
            const list = document.createElement("datalist");
            number += 1;
            list.id = `names-${number}`;
            input.after(list);
            input.setAttribute("list", list.id);
        }
        return input.list;
    };

    const tell = async function (input) {
        const name = input.value;
        const query = new URLSearchParams({ name, part: input.dataset.part });
        let told;
        try {
            const answer = await fetch(`${input.dataset.names}?${query}`);
            if (!answer.ok) return;
            told = await answer.json();
        } catch {
            return; // the name is looked up when it is saved
        }
        if (input.value !== name) return; // typed on meanwhile
        const options = told.names.map((one) => new Option(one, one));
        listOf(input).replaceChildren(...options);
        input.closest(".form-row").querySelector(".said").textContent = told.sentence;
    };

    document.addEventListener("input", function (event) {
        const input = event.target;
        if (!input.dataset || !input.dataset.names) return;
        clearTimeout(waiting.get(input));
        waiting.set(input, setTimeout(tell, WAIT, input));
    });
}
