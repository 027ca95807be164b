import Findings
import Testing

/// What is no rule: the web ACL's own settings.
@Suite struct SettingTests {
  typealias S = Samples

  struct Case: CustomTestStringConvertible {
    var testDescription: String { "\(old) → \(new)" }
    var old: String
    var new: String
    var lines: [String]

    init(_ old: String, _ new: String, _ lines: String...) {
      self.old = old
      self.new = new
      self.lines = lines
    }
  }

  static let cases: [Case] = [
    Case(
      #""DefaultAction": {"Allow": {}}"#, #""DefaultAction": {"Block": {}}"#,
      "changed default action: DefaultAction: Allow → Block"),
    Case(
      "", #""TokenDomains": ["b.example", "a.example"]"#,
      #"changed token domains: TokenDomains: +2 ("b.example", "a.example")"#),
    Case(
      #""TokenDomains": ["a.example"]"#, #""TokenDomains": []"#,
      #"changed token domains: TokenDomains: -1 ("a.example")"#),
    Case(
      "", #""CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": 60}}"#,
      "changed CAPTCHA config: CaptchaConfig.ImmunityTimeProperty.ImmunityTime: 300 → 60"),
    Case(
      #""ChallengeConfig": {"ImmunityTimeProperty": {"ImmunityTime": 600}}"#, "",
      "changed challenge config: ChallengeConfig.ImmunityTimeProperty.ImmunityTime: 600 → 300"),
    Case(
      "",
      #""AssociationConfig": {"RequestBody": {"CLOUDFRONT": {"DefaultSizeInspectionLimit": "KB_64"}}}"#,
      "changed association config: AssociationConfig.RequestBody.CLOUDFRONT: KB_16 → KB_64"),
    Case(
      "",
      #""CustomResponseBodies": {"Priority": {"ContentType": "TEXT_PLAIN", "Content": "no"}}"#,
      #"added custom response body "Priority": {ContentType: TEXT_PLAIN, Content: "no"}"#),
    Case(
      #""CustomResponseBodies": {"a": {"ContentType": "TEXT_PLAIN", "Content": "no"}, "b": {"ContentType": "TEXT_PLAIN", "Content": "b"}}"#,
      #""CustomResponseBodies": {"a": {"ContentType": "TEXT_HTML", "Content": "never"}}"#,
      #"changed custom response body "a": ContentType: TEXT_PLAIN → TEXT_HTML; Content: "no" → "never""#,
      #"removed custom response body "b": {ContentType: TEXT_PLAIN, Content: "b"}"#),
    Case(
      "",
      #""DataProtectionConfig": {"DataProtections": [{"Field": {"FieldType": "BODY"}, "Action": "HASH"}]}"#,
      "changed data protection: DataProtectionConfig.DataProtections: +1 ({Field: {FieldType: BODY}, "
        + "Action: HASH, ExcludeRuleMatchDetails: false, ExcludeRateBasedDetails: false}) "
        + "(what is recorded only)"),
    Case(
      #""VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}"#,
      #""VisibilityConfig": {"SampledRequestsEnabled": false, "CloudWatchMetricsEnabled": true, "MetricName": "m"}"#,
      "changed visibility config: VisibilityConfig.SampledRequestsEnabled: true → false "
        + "(metrics and samples only)"),
    Case(
      "", #""OnSourceDDoSProtectionConfig": {"ALBLowReputationMode": "ALWAYS_ON"}"#,
      "changed on-source DDoS protection: OnSourceDDoSProtectionConfig: (none) → "
        + "{ALBLowReputationMode: ALWAYS_ON}"),
    Case(
      #""Name": "blue""#, #""Name": "green""#, #"renamed web ACL "green": was "blue""#),
    Case(
      #""Scope": "REGIONAL""#, #""Scope": "CLOUDFRONT""#,
      "changed scope: Scope: REGIONAL → CLOUDFRONT"),
    Case(
      #""Tags": [{"Key": "team", "Value": "a"}]"#, #""Tags": [{"Key": "team", "Value": "b"}]"#,
      #"changed tags: Tags[0].Value: "a" → "b" (no verdict depends on it)"#),
    Case(
      #""Description": "one", "Capacity": 5, "Id": "1", "LabelNamespace": "x", "Tags": []"#,
      #""Description": "two", "Capacity": 9, "ManagedByFirewallManager": false"#),
    Case(
      "",
      #""CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": 300}}, "ChallengeConfig": {}, "#
        + #""AssociationConfig": {"RequestBody": {"API_GATEWAY": "KB_16"}}, "TokenDomains": [], "#
        + #""CustomResponseBodies": {}"#),
  ]

  @Test(arguments: cases) func setting(_ test: Case) throws {
    func acl(_ members: String) -> String {
      let action = members.contains("DefaultAction") ? "" : #""DefaultAction": {"Allow": {}},"#
      return #"{\#(action) "Rules": []\#(members.isEmpty ? "" : ", " + members)}"#
    }
    let found = try lines(acl(test.old), acl(test.new))
    #expect(found == test.lines)
    #expect(try lines(acl(test.new), acl(test.old)).count == test.lines.count)
  }

  @Test func locations() throws {
    let old = "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": [],\n \"TokenDomains\": [\"a\"]}"
    let new = "{\"Rules\": [],\n\n\"DefaultAction\": {\"Block\": {}}}"
    let changes = try compared(loaded(old, file: "old.json"), loaded(new, file: "new.json"))
    #expect(changes.map(\.location?.file) == ["new.json", "old.json"])
    #expect(changes.map(\.location?.line) == [3, 2])
    #expect(changes.allSatisfy { $0.rule.isEmpty })
  }
}
