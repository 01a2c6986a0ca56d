const path = require("node:path");
const CopyPlugin = require("copy-webpack-plugin");
const TerserPlugin = require("terser-webpack-plugin");
const { BannerPlugin, IgnorePlugin, optimize } = require("webpack");
const postgresTemplate = require("./scripts/postgres-template");

const base = {
  mode: "production",
  target: "node20",
  devtool: false,
  resolve: { extensions: [".ts", ".js"] },
  module: {
    rules: [
      {
        test: /\.ts$/,
        exclude: /node_modules/,
        use: { loader: "ts-loader", options: { transpileOnly: true } },
      },
    ],
  },
  optimization: { minimizer: [new TerserPlugin({ extractComments: false })] },
  performance: { hints: false },
  stats: "errors-warnings",
};

/** What Prismatic runs: one file. `components:publish` zips its whole folder, so nothing else may land here. */
const component = {
  ...base,
  name: "component",
  entry: "./src/index.ts",
  output: {
    path: path.join(__dirname, "dist"),
    filename: "index.js",
    library: { type: "commonjs2" },
    clean: true,
  },
  resolve: {
    ...base.resolve,
    alias: {
      zod: path.join(__dirname, "node_modules/zod"),
      // Spectral's index loads its test harness, which nobody calls inside the platform.
      "jest-mock": false,
      // Looks for credentials on the machine, with clients of three more services; a connection always has its own.
      "@aws-sdk/credential-provider-node": false,
    },
  },
  plugins: [
    new CopyPlugin({ patterns: [{ from: "assets/icon.png", to: "icon.png" }] }),
    // A queue's client is imported when a queue is used, and is in the one file all the same.
    new optimize.LimitChunkCountPlugin({ maxChunks: 1 }),
    // The optional native client of pg, which nobody installs.
    new IgnorePlugin({ resourceRegExp: /^pg-native$/ }),
  ],
};

/** What a developer runs: the command line program. Its libraries stay in node_modules. */
const runner = {
  ...base,
  name: "runner",
  entry: "./src/runner/main.ts",
  externalsType: "node-commonjs",
  externals: [({ request }, done) => (/^[a-z@]/.test(request) ? done(null, request) : done())],
  output: { path: path.join(__dirname, "build"), filename: "hookline.js", clean: true },
  plugins: [
    new BannerPlugin({ banner: "#!/usr/bin/env node", raw: true }),
    { apply: ({ hooks }) => hooks.beforeRun.tapPromise("template", postgresTemplate.ensure) },
    new CopyPlugin({ patterns: [{ from: postgresTemplate.file, to: "postgres.tar.gz" }] }),
  ],
};

module.exports = [component, runner];
