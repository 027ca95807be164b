import ArgumentParser
import Wafcast

/// The web ACL under test and what it takes to load it.
struct WebACLOptions: ParsableArguments {
  @Argument(help: "The web ACL: a JSON or YAML file, or a directory.", completion: .file())
  var acl: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Documents that the web ACL refers to: IP sets, regex pattern sets, rule groups.",
      valueName: "file|dir"))
  var with: [String] = []

  @Option(
    help: ArgumentHelp(
      "The kind of resource; it decides how much of a body is inspected.", valueName: "type"))
  var resourceType: String?

  func validate() throws {
    guard let resourceType, ResourceType(rawValue: resourceType) == nil else { return }
    throw ValidationError("'\(resourceType)' is no type of resource")
  }

  func load() throws(Failure) -> CompiledWebACL {
    let options = LoadOptions(resourceType: resourceType.flatMap { ResourceType(rawValue: $0) })
    do throws(LoadFailure) {
      return try loadWebACL(acl, with: with, options: options)
    } catch {
      switch error {
      case .invalid(let diagnostics, _):
        let errors = diagnostics.filter { $0.severity == .error }
        throw Failure("\(acl): \(errors.first?.message ?? "can't be read")")
      }
    }
  }
}
