/* A card in the launcher, and a line in the command palette: "The Fargate course".
 *
 * JupyterLab loads extensions as module federation containers: an object with init(shared) and get(name). What a bundler
 * would make of one small plugin is written out here, so that nothing has to be built; the modules that JupyterLab shares
 * are taken from what it hands to init. docs/decisions/0061-a-launcher-card-by-hand.md */
"use strict";

(() => {
  const PAGE = "course/00-start-here.ipynb";
  const OPEN = "fargate-course:open";
  const NAME = "The Fargate course";
  const SVG =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16">' +
    '<path class="jp-icon3" fill="#616161" d="M3 17h18l-2.5 4h-13zM11 3h1.5l6 11H11zM9.5 6v8H4.5z"/></svg>';
  let shared = {};

  /* The newest of JupyterLab's versions of a module. */
  async function module(name) {
    const versions = Object.values(shared[name] ?? {});
    if (versions.length === 0) {
      throw new Error(`JupyterLab does not share ${name}`);
    }
    return (await versions[versions.length - 1].get())();
  }

  async function plugin() {
    const { ILauncher } = await module("@jupyterlab/launcher");
    const { ICommandPalette, showErrorMessage } = await module("@jupyterlab/apputils");
    const { LabIcon } = await module("@jupyterlab/ui-components");
    const icon = new LabIcon({ name: "fargate-course:ferry", svgstr: SVG });

    async function open(app) {
      try {
        await app.serviceManager.contents.get(PAGE, { content: false });
      } catch {
        await showErrorMessage(NAME, `There is no ${PAGE} in this folder. Start the course with: python3 start.py`);
        return;
      }
      await app.commands.execute("docmanager:open", { path: PAGE });
    }

    return {
      id: "fargate-course:launcher",
      description: "Opens the course's first page: where you stand, and the next best step.",
      autoStart: true,
      optional: [ILauncher, ICommandPalette],
      activate: (app, launcher, palette) => {
        app.commands.addCommand(OPEN, {
          label: NAME,
          caption: "Where you stand in the course, and the next best step",
          icon,
          execute: () => open(app),
        });
        // Before the kernels, whose cards take a picture by its address.
        const kernelIconUrl = `data:image/svg+xml,${encodeURIComponent(SVG)}`;
        launcher?.add({ command: OPEN, category: "Notebook", rank: -1, kernelIconUrl });
        palette?.addItem({ command: OPEN, category: NAME });
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["fargate-course"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
