import ArgumentParser

/// Which request of recordings is meant.
struct RecordedRequestOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The id of the request.", valueName: "id"))
  var requestId: String?

  @Option(
    help: ArgumentHelp(
      "The number of the request in the order of reading, from 1.", valueName: "n"))
  var nth: Int?

  @OptionGroup var recordings: TrafficFormatOptions

  /// Whether one is chosen.
  var isGiven: Bool { requestId != nil || nth != nil }

  /// What to search for.
  var wanted: RecordSearch.Wanted {
    if let requestId { return .id(requestId) }
    return nth.map { .number($0) } ?? .only
  }

  func validate() throws {
    if requestId != nil, nth != nil {
      throw ValidationError("--request-id and --nth exclude each other")
    }
    if let nth, nth < 1 { throw ValidationError("--nth takes a number from 1 on") }
  }
}
