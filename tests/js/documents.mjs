// Rules and surfaces as gdcourse.trace writes them down, small enough to check by eye.

const vector = "vector";
const scalar = "scalar";
export const rule = (learning_rate) => ({
  name: "gradient descent",
  hyperparameters: { learning_rate },
  init: {
    inputs: [["x", vector]],
    nodes: [["constant", 0]],
    outputs: [["t", 0]],
    names: {},
  },
  first: null,
  step: {
    inputs: [
      ["x", vector],
      ["gradient", vector],
      ["t", scalar],
      ["learning_rate", scalar],
    ],
    nodes: [
      ["input", 0],
      ["input", 1],
      ["input", 2],
      ["input", 3],
      ["constant", 1],
      ["add", 2, 4],
      ["multiply", 3, 1],
      ["subtract", 0, 6],
    ],
    outputs: [
      ["x", 7],
      ["t", 5],
    ],
    names: {},
  },
  state: [["t", scalar]],
});
export const parabola = {
  name: "parabola",
  variables: ["x"],
  window: [[-8, 8]],
  minima: [[0]],
  data: {},
  term: {
    inputs: [["x", scalar]],
    nodes: [
      ["input", 0],
      ["constant", 2],
      ["power", 0, 1],
      ["multiply", 1, 0],
    ],
    outputs: [
      ["value", 2],
      ["d_x", 3],
    ],
    names: {},
  },
};
export const bowl = {
  name: "bowl",
  variables: ["w", "b"],
  window: [
    [-4, 4],
    [-4, 4],
  ],
  minima: [[0, 0]],
  data: {},
  term: {
    inputs: [
      ["w", scalar],
      ["b", scalar],
    ],
    nodes: [
      ["input", 0],
      ["input", 1],
      ["constant", 2],
      ["power", 0, 2],
      ["power", 1, 2],
      ["add", 3, 4],
      ["multiply", 2, 0],
      ["multiply", 2, 1],
    ],
    outputs: [
      ["value", 5],
      ["d_w", 6],
      ["d_b", 7],
    ],
    names: {},
  },
};
