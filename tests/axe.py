"""axe-core in the browser: what of a page keeps people from using it."""

from pathlib import Path

LIBRARY = Path(__file__).parents[1] / ".cache" / "axe-core-4.14.1" / "axe.min.js"
LIGHT, DARK = "light", "dark"
RUN = """
    const [options, answer] = arguments;
    const still = document.getAnimations().map(one => one.finished);
    const run = () => axe.run(document, {preload: false, ...options});
    Promise.allSettled(still).then(run).then(
        found => answer(found.violations.flatMap(rule => rule.nodes.map(
            node => `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 150)}`
        ))),
        error => answer([`axe itself: ${error}`]),
    );
"""
# What changes with the scheme; all else is looked at once.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


def in_scheme(browser, scheme):
    """Show pages as for somebody who has set this scheme."""
    feature = {"name": "prefers-color-scheme", "value": scheme}
    still = {"name": "prefers-reduced-motion", "value": "reduce"}
    asked = {"features": [feature, still]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", asked)


def found_by_axe(browser, **options):
    """What axe finds on the page that is shown, in both schemes."""
    in_scheme(browser, LIGHT)
    found = found_as_shown(browser, **options)
    in_scheme(browser, DARK)
    dark = browser.execute_async_script(RUN, COLOURS)
    in_scheme(browser, LIGHT)
    return [*found, *(f"{DARK} {line}" for line in dark)]


def found_as_shown(browser, **options):
    """The same in the scheme of the moment alone."""
    browser.execute_script(LIBRARY.read_text())
    return browser.execute_async_script(RUN, options)
