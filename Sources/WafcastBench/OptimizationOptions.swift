import ArgumentParser
import WAFEngine

/// Which of the engine's short cuts are taken.
struct OptimizationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is done to be quick: all, none, or these alone, joined by commas: \(Self.names).",
      valueName: "names"))
  var optimizations = "all"

  @Option(
    help: ArgumentHelp(
      "What of that is left out, joined by commas.", valueName: "names"))
  var without: String?

  private static var names: String {
    EngineOptions.switches.map(\.name).joined(separator: ", ")
  }

  /// The options as the engine takes them.
  var engine: EngineOptions {
    get throws {
      var options: EngineOptions
      switch optimizations {
      case "all": options = .all
      case "none": options = .none
      default:
        options = .none
        try set(optimizations, to: true, in: &options)
      }
      if let without { try set(without, to: false, in: &options) }
      return options
    }
  }

  func validate() throws { _ = try engine }

  private func set(_ names: String, to value: Bool, in options: inout EngineOptions) throws {
    for name in names.split(separator: ",") {
      guard let option = EngineOptions.switches.first(where: { $0.name == name }) else {
        throw ValidationError("'\(name)' is none of \(Self.names)")
      }
      options[keyPath: option.path] = value
    }
  }
}
