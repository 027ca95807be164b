import Bytes
import ReportText

/// A distinct value as a line of JSON, for a comparison with another detector.
package struct ValueLine {
  private let entry: DistinctValues.Entry

  package init(_ entry: DistinctValues.Entry) {
    self.entry = entry
  }

  /// A JSON object and a line feed.
  package var text: String {
    var members: [JSONMember] = []
    members.add("valueBase64", Base64.encodeToString(entry.value.span))
    members.add("label", entry.label.rawValue)
    members.add("types", .strings(entry.attackTypes.sorted()))
    members.add("sources", .strings(entry.sources.sorted()))
    members.add("places", .strings(entry.places.sorted().map(\.rawValue)))
    members.add("sqliLow", .bool(entry.verdicts[.sqlInjectionLow]))
    members.add("sqliHigh", .bool(entry.verdicts[.sqlInjectionHigh]))
    members.add("xss", .bool(entry.verdicts[.crossSiteScripting]))
    return JSONValue.object(members).inlineText + "\n"
  }
}
