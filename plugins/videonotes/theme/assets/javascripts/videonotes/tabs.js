// @ts-check
// Opens the content tab that the address names. Loaded by pages with content tabs alone.
const tab = document.getElementById(location.hash.slice(1));
if (tab instanceof HTMLInputElement && tab.name.startsWith("__tabbed_")) tab.checked = true;
