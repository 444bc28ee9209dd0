/** What the page does beyond being read. */
import { load } from './blocks.ts';
import { byId, layOutAll } from './dom.ts';
import { explore } from './explorer.ts';
import { drillEdges, zoomPictures } from './topology.ts';

zoomPictures();
drillEdges();
load().then(
  (store) => {
    if (store.rows.length > 0) explore(store);
    void layOutAll();
  },
  (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    byId('loading').textContent =
      `The table of all findings could not be opened (${why}); it needs a browser of 2023 or later. The worst findings stand below.`;
  },
);
