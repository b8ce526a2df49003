// swift-tools-version: 6.2
import PackageDescription

// Warnings stop a build where CI sets `CI`, and only for this package's own targets: a user's newer
// compiler may know a warning that ours does not.
let strict: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + strict

// The documentation plugin is fetched only where documentation is built: Scripts/docs sets the variable.
let documentation: [Package.Dependency] =
  Context.environment["WINNOW_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0")]

let package = Package(
  name: "winnow",
  // The oldest macOS with the standard library's `Mutex`; Linux has no such floor.
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Winnow", targets: ["Winnow", "WinnowStages"]),
    .library(name: "WinnowCore", targets: ["WinnowCore"]),
    .executable(name: "winnow", targets: ["WinnowCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ] + documentation,
  targets: [
    .systemLibrary(
      name: "CLibxml2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(
      name: "CZstandard", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]),
    .systemLibrary(
      name: "CUchardet", pkgConfig: "uchardet",
      providers: [.apt(["libuchardet-dev"]), .brew(["uchardet"])]),
    .target(
      name: "CWinnowData",
      exclude: [
        "lexicon", "rankers", "content.forest", "content.tokens", "content.network", "flat.words",
        "flat.forest", "flat.network", "phrases.table",
      ]),
    .target(name: "CWinnowKernels"),
    .target(name: "CAllocatorOptions"),
    // Stands before the C library's malloc, so that nothing but WinnowLab may depend on it.
    .target(name: "CAllocationCount"),
    .target(name: "WinnowCore", swiftSettings: settings),
    .target(
      name: "WinnowText", dependencies: ["WinnowCore", "CWinnowData", "CWinnowKernels", "CUchardet"],
      swiftSettings: settings),
    .target(
      name: "WinnowHTML", dependencies: ["WinnowCore", "WinnowText", "CLibxml2"],
      swiftSettings: settings),
    .target(
      name: "WinnowModel", dependencies: ["WinnowCore", "WinnowText", "CWinnowKernels"],
      swiftSettings: settings),
    .target(
      name: "WinnowStages", dependencies: ["WinnowCore", "WinnowText", "WinnowModel"],
      swiftSettings: settings),
    .target(
      name: "Winnow",
      dependencies: [
        "WinnowCore", "WinnowText", "WinnowHTML", "WinnowModel", "WinnowStages", "CWinnowKernels",
      ],
      swiftSettings: settings),
    .target(
      name: "WinnowBatch",
      dependencies: [
        "Winnow", "WinnowCore", "WinnowModel", "WinnowStages", "CZlib", "CDeflate", "CZstandard", "CBrotli",
        "CArchive",
      ],
      swiftSettings: settings),
    .target(
      name: "WinnowFixtures", dependencies: ["Winnow", "WinnowCore", "WinnowText"], swiftSettings: settings),
    .target(
      name: "WinnowSQLite",
      dependencies: [
        "Winnow", "WinnowCore", "WinnowBatch", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .target(
      name: "WinnowSettings",
      dependencies: [
        "Winnow", "WinnowCore", "WinnowText", "WinnowStages", "WinnowBatch",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "WinnowCommand",
      dependencies: [
        "Winnow", "WinnowCore", "WinnowBatch", "WinnowFixtures", "WinnowSQLite", "WinnowStages",
        "WinnowSettings", "CAllocatorOptions",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "WinnowLab",
      dependencies: [
        "Winnow", "WinnowCore", "WinnowText", "WinnowHTML", "WinnowModel", "WinnowStages", "WinnowBatch",
        "CLibxml2", "CAllocationCount",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["training"],
      swiftSettings: settings),
    .testTarget(name: "WinnowCoreTests", dependencies: ["WinnowCore"], swiftSettings: settings),
    .testTarget(
      name: "WinnowTextTests", dependencies: ["WinnowText", "WinnowCore"], swiftSettings: settings),
    .testTarget(
      name: "WinnowHTMLTests", dependencies: ["WinnowHTML", "WinnowText", "WinnowCore", "CLibxml2"],
      swiftSettings: settings),
    .testTarget(
      name: "WinnowModelTests", dependencies: ["WinnowModel", "WinnowStages", "WinnowText", "WinnowCore"],
      swiftSettings: settings),
    .testTarget(
      name: "WinnowStagesTests", dependencies: ["Winnow", "WinnowStages", "WinnowCore", "WinnowText"],
      swiftSettings: settings),
    .testTarget(
      name: "WinnowTests", dependencies: ["Winnow", "WinnowCore", "WinnowText", "WinnowStages"],
      swiftSettings: settings),
    .testTarget(
      name: "WinnowBatchTests",
      dependencies: ["WinnowBatch", "Winnow", "WinnowCore", "CZstandard", "CArchive"],
      swiftSettings: settings),
    .testTarget(
      name: "WinnowSQLiteTests",
      dependencies: [
        "WinnowSQLite", "WinnowBatch", "Winnow", "WinnowCore",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "WinnowCommandTests",
      dependencies: [
        "WinnowCommand", "WinnowBatch", "Winnow", "WinnowStages", "WinnowSettings",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "WinnowSettingsTests",
      dependencies: ["WinnowSettings", "Winnow", "WinnowStages", "WinnowCore"], swiftSettings: settings),
    .testTarget(
      name: "FixtureTests", dependencies: ["WinnowFixtures", "Winnow", "WinnowStages", "WinnowCore"],
      swiftSettings: settings),
  ]
)
