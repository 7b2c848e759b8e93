/* Names, for who cannot see them, of what stands beside or above a field. */
'use strict';
(() => {
    const words = element => (element ? element.textContent.trim() : '');

    function nameOf(select) {
        const label = words(document.querySelector(`label[for="${select.id}"]`));
        return select.getAttribute('aria-label') || label.replace(/:$/, '');
    }

    function nameChoices(root) {
        for (const select of root.querySelectorAll('select.admin-autocomplete')) {
            const shown = select.nextElementSibling;
            const name = nameOf(select);
            if (!name || !shown || !shown.matches('.select2')) {
                continue;
            }
            for (const part of shown.querySelectorAll('[role=combobox], [role=textbox], input')) {
                part.removeAttribute('aria-labelledby');
                part.setAttribute('aria-label', [name, words(part)].filter(Boolean).join(': '));
            }
        }
    }

    function nameRows(root) {
        for (const head of root.querySelectorAll('.tabular thead th:empty')) {
            const group = head.closest('.inline-group');
            const said = document.createElement('span');
            said.className = 'visually-hidden';
            said.textContent = words(group && group.querySelector('h2')) || '#';
            head.append(said);
        }
        const search = root.querySelector('#searchbar');
        const label = search && document.querySelector('label[for=searchbar] img');
        if (label) {
            search.setAttribute('aria-label', label.alt);
        }
    }

    function name() {
        nameChoices(document);
        nameRows(document);
    }

    const jQuery = window.django && window.django.jQuery;
    if (jQuery) {
        jQuery(() => setTimeout(name));  // after the choices themselves were made
    }
    addEventListener('load', name);
    document.addEventListener('formset:added', () => setTimeout(name));
    document.addEventListener('change', event => {
        if (event.target.matches('select.admin-autocomplete')) {
            setTimeout(name);
        }
    });
})();
