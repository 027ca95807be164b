import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Labels of geo match statements: added on every inspection, after the rule, before its labels.
struct GeoLabelTests {
  private static let own = "awswaf:111122223333:webacl:acl:"
  private static let country = "awswaf:clientip:geo:country:"
  private static let region = "awswaf:clientip:geo:region:"

  private static func record(_ country: String?, region: String? = nil) -> RequestRecord {
    var record = RequestRecord(uri: "/", country: country)
    if let region { record.recordedRegion = record.append(Array(region.utf8)) }
    return record
  }

  /// A geo rule that does not match, then a rule that asks for a label.
  private static func program(
    _ key: String, _ scope: LabelPattern.Scope = .label
  ) -> Program {
    sketch { builder in
      builder.rule("geo", .count, builder.countries(["AQ"]), hasGeo: true)
      builder.rule("asks", .block, builder.label(key, scope))
    }
  }

  struct Row: CustomTestStringConvertible {
    var key: String
    var scope = LabelPattern.Scope.label
    var country: String?
    var region: String?
    var shown: Shown
    var testDescription: String {
      "\(scope) \(key) for \(country ?? "no country") \(region ?? "no region")"
    }
  }

  static let rows: [Row] = [
    Row(key: country + "US", country: "US", shown: .yes),
    Row(key: country + "US", country: "DE", shown: .no),
    Row(key: country + "US", country: "-", shown: .no),
    Row(key: country + "XX", country: "-", shown: .yes),
    Row(key: country + "US", country: nil, shown: .unknown),
    Row(key: country, scope: .namespace, country: nil, shown: .yes),
    Row(key: "awswaf:clientip:", scope: .namespace, country: "US", shown: .yes),
    Row(key: "awswaf:forwardedip:geo:", scope: .namespace, country: "US", shown: .no),
    Row(key: "awswaf:forwardedip:geo:country:US", country: "US", shown: .no),
    Row(key: region, scope: .namespace, country: "US", shown: .yes),
    Row(key: region + "US-CA", country: "US", shown: .unknown),
    // A region is what the service found.
    Row(key: region + "US-CA", country: "US", region: "US-CA", shown: Shown(true, .observed)),
    Row(key: region + "US-CA", country: "US", region: "US-NY", shown: Shown(false, .observed)),
    // Q15: as a plain prefix such a key reaches into the label's name.
    Row(key: country + "US", scope: .namespace, country: "US", shown: Shown(false, .approximate)),
    Row(key: country + "US", scope: .namespace, country: "DE", shown: .no),
    Row(
      key: "awswaf:clientip:geo:coun", scope: .namespace, country: "DE",
      shown: Shown(false, .approximate)),
    Row(key: "awswaf:clientip:geo", scope: .namespace, country: "DE", shown: .yes),
    // Keys of one's own do not reach them.
    Row(key: "US", country: "US", shown: .no),
    Row(key: "country:", scope: .namespace, country: "US", shown: .no),
  ]

  @Test(arguments: rows)
  func asks(_ row: Row) {
    let record = Self.record(row.country, region: row.region)
    #expect(shown(Self.program(row.key, row.scope), record) == row.shown)
  }

  @Test
  func theRuleItselfDoesNotSeeThem() {
    let program = blocking {
      .and([$0.countries(["US"]), $0.label(Self.country + "US")])
    }
    #expect(shown(program, Self.record("US")) == .no)
  }

  @Test
  func theyComeBeforeTheRulesOwnLabels() {
    let program = sketch { builder in
      builder.rule("first", .count, builder.path("/"), labels: [Self.own + "first"])
      builder.rule(
        "geo", .count, builder.countries(["US"]), labels: [Self.own + "geo"], hasGeo: true)
      builder.rule("again", .count, builder.countries(["DE"]), hasGeo: true)
    }
    let (verdict, labels, _) = details(program, Self.record("US", region: "US-CA"))
    #expect(
      labels == [
        Self.own + "first", Self.country + "US", Self.region + "US-CA", Self.own + "geo",
      ])
    #expect(verdict.certainty == .exact)
  }

  @Test
  func thoseOfAScopeDownShowBehindTheGroupOnly() {
    for inScope in [true, false] {
      let program = sketch { builder in
        let scope = builder.countries([inScope ? "US" : "DE"])
        builder.group("g", scopeDown: scope, scopeDownHasGeo: true)
        builder.groupRule("inside", .block, builder.label(Self.country + "US"))
        builder.rule("behind", .block, builder.label(Self.country + "US"))
      }
      let verdict = verdict(program, Self.record("US"))
      #expect(program.rulePath(of: verdict) == "behind", "in scope: \(inScope)")
      #expect(verdict.certainty == .exact)
    }
  }

  @Test
  func thoseOfAGroupsRuleAreMaybeWhereTheGroupIs() {
    let program = sketch { builder in
      builder.group("g", scopeDown: builder.unknown("scope"))
      builder.groupRule("geo", .count, builder.countries(["AQ"]), hasGeo: true)
      builder.rule("asks", .block, builder.label(Self.country + "US"))
    }
    #expect(shown(program, Self.record("US")) == .unknown)
    #expect(shown(program, Self.record("DE")) == .no)
    #expect(needs(program, Self.record("US")) == ["scope for g"])
  }

  @Test
  func needsNameCountryAndRegion() {
    let record = Self.record(nil)
    #expect(needs(Self.program(Self.country + "US"), record) == ["country for asks"])
    #expect(needs(Self.program(Self.region + "US-CA"), record) == ["region for asks"])
    let program = blocking { $0.countries(["US"]) }
    #expect(needs(program, record) == ["country for rule"])
  }

  @Test
  func labelsAreOpenUnlessTheRegionIsRecorded() {
    let program = sketch { builder in
      builder.rule("assume", .block, builder.miss(at: .assumed))
      builder.rule("geo", .count, builder.countries(["AQ"]), hasGeo: true)
    }
    #expect(verdict(program, Self.record("US")).open == .labels)
    #expect(verdict(program, Self.record("US", region: "US-CA")).open == [])
  }
}
