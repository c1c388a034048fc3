// The second frame begins when the first has been painted.
requestAnimationFrame(() =>
  requestAnimationFrame(() =>
    window.__TAURI_INTERNALS__.invoke("rpc", { command: "warm_up", args: {} }),
  ),
);
