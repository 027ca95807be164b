import ReportText

extension EvaluationReport {
  /// The section on the detectors.
  func writeDetectors(to page: inout TextPage) {
    page.gap()
    page.line(
      StyledText("Detectors", .heading)
        + StyledText("  on each value of a request, URL-decoded once", .faint))
    let tables: [(String, String, [(String, DetectorTally.Counts)])] = [
      ("attacks by kind", "requests", rows(detectors.attackTypes)),
      ("attacks by source", "requests", rows(detectors.attackSources)),
      ("benign by source", "requests", rows(detectors.benignSources)),
      (
        "distinct values of", "values",
        detectors.values.sorted { $0.key < $1.key }.map {
          ($0.key == .attack ? "attacks" : "benign requests", $0.value)
        }
      ),
      (
        "benign values by place", "values",
        detectors.benignPlaces.sorted { $0.key < $1.key }.map { ($0.key.rawValue, $0.value) }
      ),
    ]
    for detector in AttackDetector.allCases {
      page.gap()
      page.line(
        StyledText(detector.rawValue, .heading) + StyledText("  \(detector.title)", .faint))
      for (title, noun, rows) in tables where !rows.isEmpty {
        var table = TextTable([
          .init(title, isFlexible: true), .init(noun, .right), .init("found", .right),
          .init("share", .right), .init("95 %", .right),
        ])
        for (name, counts) in rows {
          let share = counts.share(detector)
          table.row([
            StyledText(name.isEmpty ? "(no kind)" : name), StyledText(grouped(share.whole)),
            StyledText(grouped(share.part)), StyledText(share.percentText),
            StyledText(share.intervalText, .faint),
          ])
        }
        page.gap()
        page.table(table)
      }
    }
    page.gap()
    page.paragraph(
      "A request counts as found where a detector finds one of its values. Most values of an attack "
        + "are harmless: its headers, its other arguments.", .faint)
  }

  private func rows(_ counts: [String: DetectorTally.Counts]) -> [(String, DetectorTally.Counts)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
