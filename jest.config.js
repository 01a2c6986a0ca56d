const compile = [
  "ts-jest",
  {
    diagnostics: false,
    tsconfig: {
      module: "commonjs",
      moduleResolution: "node10",
      ignoreDeprecations: "6.0",
      target: "es2022",
      esModuleInterop: true,
      isolatedModules: true,
      verbatimModuleSyntax: false,
      allowJs: true,
    },
  },
];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // Many suites wait for engines and processes rather than compute.
  maxWorkers: 3,
  globalSetup: "<rootDir>/test/support/queue/find-engines.ts",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/vectors/node_modules/"],
  modulePathIgnorePatterns: ["<rootDir>/test/vectors/node_modules", "<rootDir>/bench/node_modules"],
  transform: { "^.+\\.ts$": compile, "node_modules/jose/.+\\.js$": compile },
  transformIgnorePatterns: ["node_modules/(?!jose/)"],
};
