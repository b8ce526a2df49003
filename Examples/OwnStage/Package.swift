// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OwnStage",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In your own package: .package(url: "…/winnow", from: "0.1.0")
    .package(name: "winnow", path: "../..")
  ],
  targets: [
    .target(
      name: "TipLines",
      dependencies: [
        .product(name: "Winnow", package: "winnow"),
        .product(name: "WinnowCore", package: "winnow"),
      ]),
    .executableTarget(name: "clean-with-tips", dependencies: ["TipLines"]),
    .testTarget(name: "TipLinesTests", dependencies: ["TipLines"]),
  ]
)
