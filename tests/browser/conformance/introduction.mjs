/** How the page begins. What is said here holds for every section; figures are in the sections. */
export const INTRODUCTION = `# Conformance

What Candor's provider answers, written by the run that asked it: \`cargo xtask test browser --filter conformance\`. The run fails in either browser, Chromium or Firefox, when it finds anything but what this page says.

Everything is asked by a page, through the extension as it ships, with Candor's own window opened and answered as a person would. The node behind the wallet is anvil, a local development chain with one contract on it.

What is not here: how fast answers come, what happens when the browser ends the wallet's background (other journeys do that), and methods that no description names.`;
