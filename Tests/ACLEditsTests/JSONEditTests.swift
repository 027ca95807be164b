import ACLEdits
import Diagnostics
import Testing

/// JSON in the styles that people and tools write.
@Suite struct JSONEditTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var edits: [String]
    var document: String
    var expected: String
    var testDescription: String { name }
  }

  @Test(arguments: actions + overrides + layouts + removals)
  func edited(_ test: Case) throws {
    let editor = try Trial(document: test.document).edited(test.edits)
    #expect(String(decoding: editor.bytes, as: UTF8.self) == test.expected)
    // What nothing changes is told, and nothing else is.
    #expect(
      editor.warnings.map(\.code) == (test.document == test.expected ? ["edit-without-effect"] : [])
    )
  }

  static func rule(_ member: String) -> String {
    """
    {
      "DefaultAction": {"Allow": {}},
      "Rules": [
        {
          "Name": "geo",
          "Priority": 1,
          "Statement": {"GeoMatchStatement": {"CountryCodes": ["NO"]}},
          \(member)
        }
      ]
    }

    """
  }

  static let actions: [Case] = [
    Case(
      name: "an action", edits: ["--set geo=count"], document: rule(#""Action": {"Block": {}}"#),
      expected: rule(#""Action": {"Count": {}}"#)),
    Case(
      name: "an action as it is", edits: ["--set geo=block"],
      document: rule(#""Action": {"Block": {"CustomResponse": {"ResponseCode": 404}}}"#),
      expected: rule(#""Action": {"Block": {"CustomResponse": {"ResponseCode": 404}}}"#)),
    Case(
      name: "a custom response goes with its action", edits: ["--set geo=allow"],
      document: rule(#""Action": { "Block" : {"CustomResponse": {"ResponseCode": 404}} }"#),
      expected: rule(#""Action": { "Allow" : {} }"#)),
    Case(
      name: "captcha over lines", edits: ["--set geo=captcha"],
      document: rule("\"Action\": {\n  \"Block\": {\n      }\n    }"),
      expected: rule("\"Action\": {\n  \"Captcha\": {\n      }\n    }")),
    Case(
      name: "no action yet", edits: ["--set geo=challenge"], document: rule(#""RuleLabels": []"#),
      expected: rule(#""Action": {"Challenge": {}},"# + "\n      " + #""RuleLabels": []"#)),
    Case(
      name: "null is no action", edits: ["--set geo=count"], document: rule(#""Action": null"#),
      expected: rule(#""Action": {"Count": {}}"#)),
    Case(
      name: "the default action", edits: ["--default-action block"],
      document: rule(#""Action": {"Block": {}}"#),
      expected: rule(#""Action": {"Block": {}}"#).replacing(
        #""DefaultAction": {"Allow""#, with: #""DefaultAction": {"Block""#)),
    Case(
      name: "the default action as it is", edits: ["--default-action allow"],
      document: rule(#""Action": {"Block": {}}"#), expected: rule(#""Action": {"Block": {}}"#)),
    Case(
      name: "no default action yet", edits: ["--default-action block"],
      document: #"{"WebACL": {"Name": "a", "ARN": "x", "Rules": []}}"#,
      expected:
        #"{"WebACL": {"Name": "a", "ARN": "x", "DefaultAction": {"Block": {}}, "Rules": []}}"#),
    Case(
      name: "several", edits: ["--set geo=count", "--default-action block", "--set geo=allow"],
      document: rule(#""Action": {"Block": {}}"#),
      expected: rule(#""Action": {"Allow": {}}"#).replacing(
        #""DefaultAction": {"Allow""#, with: #""DefaultAction": {"Block""#)),
  ]

  static func group(_ more: String, override: String = "None") -> String {
    #"""
    {
        "Name": "shop",
        "DefaultAction": {
            "Allow": {}
        },
        "Rules": [
            {
                "Name": "common",
                "Priority": 0,
                "Statement": {
                    "ManagedRuleGroupStatement": {
                        "VendorName": "AWS",
                        "Name": "AWSManagedRulesCommonRuleSet"\#(more)
                    }
                },
                "OverrideAction": {
                    "\#(override)": {}
                }
            }
        ]
    }
    """#
  }

  static let overrides: [Case] = [
    Case(
      name: "the outcome of a group", edits: ["--set common=count"], document: group(""),
      expected: group("", override: "Count")),
    Case(
      name: "an exclusion of a whole group", edits: ["--exclude common"], document: group(""),
      expected: group("", override: "Count")),
    Case(
      name: "a group without override", edits: ["--set common=none"],
      document: group("", override: "Count"), expected: group("")),
    Case(
      name: "the first override", edits: ["--exclude SizeRestrictions_BODY"], document: group(""),
      expected: group(
        """
        ,
                            "RuleActionOverrides": [
                                {
                                    "Name": "SizeRestrictions_BODY",
                                    "ActionToUse": {
                                        "Count": {}
                                    }
                                }
                            ]
        """)),
    Case(
      name: "one more override",
      edits: ["--set AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER=challenge"],
      document: group(
        """
        ,
                            "RuleActionOverrides": [
                                {
                                    "ActionToUse": {
                                        "Count": {}
                                    },
                                    "Name": "SizeRestrictions_BODY"
                                }
                            ]
        """),
      expected: group(
        """
        ,
                            "RuleActionOverrides": [
                                {
                                    "ActionToUse": {
                                        "Count": {}
                                    },
                                    "Name": "SizeRestrictions_BODY"
                                },
                                {
                                    "ActionToUse": {
                                        "Challenge": {}
                                    },
                                    "Name": "NoUserAgent_HEADER"
                                }
                            ]
        """)),
    Case(
      name: "entries on a line stay so", edits: ["--set common/NoUserAgent_HEADER=allow"],
      document: group(
        #"""
        ,
                            "RuleActionOverrides": [
                                { "Name": "SizeRestrictions_BODY", "ActionToUse": { "Count": {} } }
                            ]
        """#),
      expected: group(
        #"""
        ,
                            "RuleActionOverrides": [
                                { "Name": "SizeRestrictions_BODY", "ActionToUse": { "Count": {} } },
                                { "Name": "NoUserAgent_HEADER", "ActionToUse": { "Allow": {} } }
                            ]
        """#)),
    Case(
      name: "a changed override", edits: ["--set SizeRestrictions_BODY=block"],
      document: group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "a", "Value": "b"}]}}}}]"#
      ),
      expected: group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Block": {}}}]"#
      )),
    Case(
      name: "an override as it is", edits: ["--exclude SizeRestrictions_BODY"],
      document: group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "a", "Value": "b"}]}}}}]"#
      ),
      expected: group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "a", "Value": "b"}]}}}}]"#
      )),
    Case(
      name: "an override taken away", edits: ["--set SizeRestrictions_BODY=none"],
      document: group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}, {"Name": "NoUserAgent_HEADER", "ActionToUse": {"Count": {}}}]"#
      ),
      expected: group(
        #", "RuleActionOverrides": [{"Name": "NoUserAgent_HEADER", "ActionToUse": {"Count": {}}}]"#)
    ),
    Case(
      name: "the last override taken away with its list",
      edits: ["--set SizeRestrictions_BODY=none"],
      document: group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}]"#
      ),
      expected: group("")),
    Case(
      name: "no override to take away", edits: ["--set SizeRestrictions_BODY=none"],
      document: group(""), expected: group("")),
    Case(
      name: "excluded already", edits: ["--exclude SizeRestrictions_BODY"],
      document: group(#", "ExcludedRules": [{"Name": "SizeRestrictions_BODY"}]"#),
      expected: group(#", "ExcludedRules": [{"Name": "SizeRestrictions_BODY"}]"#)),
    Case(
      name: "no longer excluded", edits: ["--set SizeRestrictions_BODY=none"],
      document: group(#", "ExcludedRules": [{"Name": "SizeRestrictions_BODY"}]"#),
      expected: group("")),
    Case(
      name: "another action instead of an exclusion",
      edits: ["--set SizeRestrictions_BODY=captcha"],
      document: group(
        #", "ExcludedRules": [{"Name": "NoUserAgent_HEADER"}, {"Name": "SizeRestrictions_BODY"}], "RuleActionOverrides": []"#
      ),
      expected: group(
        #", "ExcludedRules": [{"Name": "NoUserAgent_HEADER"}], "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Captcha": {}}}]"#
      )
      .replacing(
        "[{\"Name\": \"SizeRestrictions_BODY\", \"ActionToUse\": {\"Captcha\": {}}}]",
        with: """
          [
                                  {
                                      "Name": "SizeRestrictions_BODY",
                                      "ActionToUse": {
                                          "Captcha": {}
                                      }
                                  }
                              ]
          """)),
    Case(
      name: "a rule of a group of one's own", edits: ["--set shop-group/deny-list=count"],
      document:
        #"{"DefaultAction":{"Allow":{}},"Rules":[{"Name":"own","Priority":0,"Statement":{"RuleGroupReferenceStatement":{"ARN":"\#(Trial.ownGroup)"}},"OverrideAction":{"None":{}}}]}"#,
      expected:
        #"{"DefaultAction":{"Allow":{}},"Rules":[{"Name":"own","Priority":0,"Statement":{"RuleGroupReferenceStatement":{"ARN":"\#(Trial.ownGroup)","RuleActionOverrides":[{"Name":"deny-list","ActionToUse":{"Count":{}}}]}},"OverrideAction":{"None":{}}}]}"#
    ),
    Case(
      name: "a release candidate", edits: ["--set common/SizeRestrictions_BODY_RC_COUNT=count"],
      document:
        #"{"DefaultAction": {"Allow": {}}, "Rules": [{"Name": "common", "Priority": 0, "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}}}]}"#,
      expected:
        #"{"DefaultAction": {"Allow": {}}, "Rules": [{"Name": "common", "Priority": 0, "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY_RC_COUNT", "ActionToUse": {"Count": {}}}]}}}]}"#
    ),
  ]

  private static func geo(_ name: String) -> String {
    #"{"Name":"\#(name)","Statement":{"GeoMatchStatement":{"CountryCodes":["NO"]}},"Action":{"Block":{}}}"#
  }

  static let layouts: [Case] = [
    Case(
      name: "tabs, CRLF, a mark, members in a wrapper",
      edits: ["--set a=count", "--exclude c/NoUserAgent_HEADER"],
      document:
        "\u{FEFF}{\r\n\t\"WebACL\": {\r\n\t\t\"Rules\": [{\r\n\t\t\t\"Action\": {\r\n\t\t\t\t\"Block\": {}\r\n\t\t\t},\r\n\t\t\t\"Name\": \"a\"\r\n\t\t}, {\r\n\t\t\t\"Name\": \"c\",\r\n\t\t\t\"Statement\": {\r\n\t\t\t\t\"ManagedRuleGroupStatement\": {\r\n\t\t\t\t\t\"Name\": \"AWSManagedRulesCommonRuleSet\",\r\n\t\t\t\t\t\"VendorName\": \"AWS\"\r\n\t\t\t\t}\r\n\t\t\t}\r\n\t\t}]\r\n\t}\r\n}\r\n",
      expected:
        "\u{FEFF}{\r\n\t\"WebACL\": {\r\n\t\t\"Rules\": [{\r\n\t\t\t\"Action\": {\r\n\t\t\t\t\"Count\": {}\r\n\t\t\t},\r\n\t\t\t\"Name\": \"a\"\r\n\t\t}, {\r\n\t\t\t\"Name\": \"c\",\r\n\t\t\t\"Statement\": {\r\n\t\t\t\t\"ManagedRuleGroupStatement\": {\r\n\t\t\t\t\t\"Name\": \"AWSManagedRulesCommonRuleSet\",\r\n\t\t\t\t\t\"VendorName\": \"AWS\",\r\n\t\t\t\t\t\"RuleActionOverrides\": [\r\n\t\t\t\t\t\t{\r\n\t\t\t\t\t\t\t\"Name\": \"NoUserAgent_HEADER\",\r\n\t\t\t\t\t\t\t\"ActionToUse\": {\r\n\t\t\t\t\t\t\t\t\"Count\": {}\r\n\t\t\t\t\t\t\t}\r\n\t\t\t\t\t\t}\r\n\t\t\t\t\t]\r\n\t\t\t\t}\r\n\t\t\t}\r\n\t\t}]\r\n\t}\r\n}\r\n"
    ),
    Case(
      name: "commas at the start of a line", edits: ["--remove b"],
      document:
        "{ \"DefaultAction\": {\"Allow\": {}}\n, \"Rules\":\n  [ {\"Name\": \"a\"}\n  , {\"Name\": \"b\"}\n  , {\"Name\": \"c\"}\n  ]\n}",
      expected:
        "{ \"DefaultAction\": {\"Allow\": {}}\n, \"Rules\":\n  [ {\"Name\": \"a\"}\n  , {\"Name\": \"c\"}\n  ]\n}"
    ),
    Case(
      name: "rules without a web ACL", edits: ["--set a=count", "--remove b"],
      document: #"[{"Name":"a","Action":{"Block":{}}},{"Name":"b"}]"#,
      expected: #"[{"Name":"a","Action":{"Count":{}}}]"#),
    Case(
      name: "one rule", edits: ["--set a=count"],
      document: #"{"Name":"a","Statement":{},"Action":{"Block":{}}}"#,
      expected: #"{"Name":"a","Statement":{},"Action":{"Count":{}}}"#),
    Case(
      name: "a rule group", edits: ["--set a=count"],
      document: #"{"RuleGroup":{"Capacity":1,"Rules":[{"Name":"a","Action":{"Block":{}}}]}}"#,
      expected: #"{"RuleGroup":{"Capacity":1,"Rules":[{"Name":"a","Action":{"Count":{}}}]}}"#),
    Case(
      name: "names in escapes", edits: ["--set gr\u{FC}n=count"],
      document:
        #"{"DefaultAction":{"Allow":{}},"Rules":[{"Name":"gr\u00fcn","Action":{"Block":{}}}]}"#,
      expected:
        #"{"DefaultAction":{"Allow":{}},"Rules":[{"Name":"gr\u00fcn","Action":{"Count":{}}}]}"#),
  ]

  static let removals: [Case] = [
    Case(
      name: "the first rule", edits: ["--remove a"],
      document:
        "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": [\n  {\"Name\": \"a\"},\n  {\"Name\": \"b\"}\n]}\n",
      expected: "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": [\n  {\"Name\": \"b\"}\n]}\n"),
    Case(
      name: "the last rule", edits: ["--remove b"],
      document:
        "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": [\n  {\"Name\": \"a\"},\n  {\"Name\": \"b\"}\n]}\n",
      expected: "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": [\n  {\"Name\": \"a\"}\n]}\n"),
    Case(
      name: "all rules", edits: ["--remove b", "--remove a"],
      document:
        "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": [\n  {\"Name\": \"a\"},\n  {\"Name\": \"b\"}\n]}\n",
      expected: "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": []}\n"),
  ]
}
