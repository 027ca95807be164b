import ManagedRules
import Testing

/// A made-up group that has all that a page can show, with texts that mean to break out of it.
enum SampleGroup {
  static func read(_ text: String = text) throws -> ManagedRuleGroup {
    let file = RulesetFile(bytes: Array(text.utf8), file: "shop.json")
    #expect(file.diagnostics == [])
    return try #require(file.group)
  }

  static let text = #"""
    {
      "VendorName": "Example", "Name": "Shop", "Title": "Shop <b>x</b>", "AsOf": "2026-11-23",
      "Versions": [
        {"Name": "Version_1.0", "Date": "2021-12-10", "Changes": "The first | of all."},
        {"Name": "Version_2.0", "Changes": "Old went."}
      ],
      "DefaultVersion": "Version_2.0",
      "Capacity": 1010, "LabelNamespace": "awswaf:managed:example:shop:",
      "AvailableLabels": [{"Name": "awswaf:managed:example:shop:more"}],
      "LabelFamilies": ["awswaf:managed:example:shop:name:"],
      "Documentation": "A shop: see https://docs.example/a_b?c=d_e, or *not*.",
      "Source": "https://docs.example/shop_page.html",
      "RetiredRules": [{"Name": "Older_RULE", "Note": "Before the first version."}],
      "LabelRules": [
        {"Label": "awswaf:managed:example:shop:first", "Documentation": "The first.",
         "Versions": [{"From": "Version_2.0"}],
         "Requires": [{"Not": {"Token": "ABSENT"}},
           {"AnyOf": [{"Captcha": "ABSENT"}, {"Statement": {"ByteMatchStatement": {
             "SearchString": "POST", "FieldToMatch": {"Method": {}},
             "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
             "PositionalConstraint": "EXACTLY"}}}]}]}
      ],
      "Observations": [
        {"Unusable": "No request.", "Outcome": "blocked", "Evidence": "author_claim",
         "Source": "a thread"}
      ],
      "Rules": [
        {"Name": "Old_BODY", "Priority": 0, "Action": {"Block": {}}, "RuleLabels": [],
         "Documentation": "Old.", "Inspects": "body", "Transformations": "none",
         "OversizeHandling": "CONTINUE", "DocumentedPosition": 2,
         "Versions": [{"Before": "Version_2.0"}],
         "Model": {"Unmodelled": "Nobody knows."}},
        {"Name": "Path_URIPATH", "Priority": 1, "Action": {"Challenge": {}},
         "RuleLabels": [{"Name": "awswaf:managed:example:shop:Path"}],
         "AdditionalLabels": [{"Name": "awswaf:managed:example:shop:too"}],
         "Requires": [{"ConfiguredPath": "LoginPath"}],
         "Documentation": "A path | with `marks`.", "Source": "another page",
         "Inspects": "URI path", "Transformations": "URL_DECODE (documented)",
         "Observations": [
           {"Request": {"Method": "GET", "Uri": "/a|b?`x`", "Headers": [["user-agent", "x"]],
            "Body": "<script>"},
            "Matched": true, "Disagrees": "The log is of another version.", "Evidence": "waf_log",
            "Date": "2026-08", "Source": "https://example.org/log", "Note": "Host filled in."}
         ],
         "Model": {"MissTrust": "approximate", "Why": "There is more.", "Branches": [
           {"Fidelity": "exact", "LooksFor": "the admin page", "Why": "It says so.",
            "Statement": {"OrStatement": {"Statements": [
              {"ByteMatchStatement": {"SearchString": "/admin", "FieldToMatch": {"UriPath": {}},
               "TextTransformations": [{"Priority": 1, "Type": "LOWERCASE"},
                                       {"Priority": 0, "Type": "URL_DECODE"}],
               "PositionalConstraint": "STARTS_WITH"}},
              {"ByteMatchStatement": {"SearchString": "/\"root\"", "FieldToMatch": {"UriPath": {}},
               "TextTransformations": [{"Priority": 0, "Type": "URL_DECODE"},
                                       {"Priority": 1, "Type": "LOWERCASE"}],
               "PositionalConstraint": "STARTS_WITH"}}]}}},
           {"Fidelity": "low", "LooksFor": "a ``` fence", "Why": "A guess.", "Source": "guess",
            "Versions": [{"From": "Version_2.0"}],
            "Statement": {"RegexMatchStatement": {"RegexString": "```|a",
             "FieldToMatch": {"Body": {"OversizeHandling": "MATCH"}},
             "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}]}}
      ]
    }
    """#
}
