import ACLEdits
import Diagnostics
import Testing

/// YAML as people write it.
@Suite struct YAMLEditTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var edits: [String]
    /// The document, and what becomes of it.
    var document: String
    var expected: String
    var testDescription: String { name }
  }

  @Test(arguments: blocks + lists + flows)
  func edited(_ test: Case) throws {
    for lineBreak in ["\n", "\r\n"] {
      let document = test.document.replacing("\n", with: lineBreak)
      let trial = Trial(document: document, file: "acl.yaml", files: ["new.json": Self.newRule])
      let editor = try trial.edited(test.edits)
      #expect(
        String(decoding: editor.bytes, as: UTF8.self)
          == test.expected.replacing("\n", with: lineBreak))
    }
  }

  static let newRule =
    #"{"Name":"new","Statement":{"GeoMatchStatement":{"CountryCodes":["NO","DE"]}},"Action":{"Block":{}},"VisibilityConfig":{"SampledRequestsEnabled":true,"CloudWatchMetricsEnabled":true,"MetricName":"new"}}"#

  static func acl(_ statement: String = "", action: String = "      Block: {}") -> String {
    """
    # The shop.
    DefaultAction:
      Allow: {}   # so far
    Rules:
      # groups
      - Name: common
        Priority: 0
        Statement:
          ManagedRuleGroupStatement:
            VendorName: AWS
            Name: AWSManagedRulesCommonRuleSet\(statement)
        OverrideAction:
          None: {}

      # our own
      - Name: geo
        Priority: 10
        Statement:
          GeoMatchStatement:
            CountryCodes: [NO]
        Action:
    \(action)
        # end
    VisibilityConfig:
      MetricName: shop

    """
  }

  static let blocks: [Case] = [
    Case(
      name: "an action", edits: ["--set geo=count"], document: acl(),
      expected: acl(action: "      Count: {}")),
    Case(
      name: "an action with a response", edits: ["--set geo=allow"],
      document: acl(
        action: """
                Block: # gone
                  CustomResponse:
                    # as if nothing were there
                    ResponseCode: 404
                  # and no more
          """), expected: acl(action: "      Allow: {} # gone")),
    Case(
      name: "an action in braces", edits: ["--set geo=challenge"],
      document: acl(action: "      Block: {CustomResponse: {ResponseCode: 404}} # x"),
      expected: acl(action: "      Challenge: {} # x")),
    Case(
      name: "an outcome and a default action",
      edits: ["--set common=count", "--default-action block"], document: acl(),
      expected: acl().replacing("None: {}", with: "Count: {}")
        .replacing("Allow: {} ", with: "Block: {} ")),
    Case(
      name: "the first override", edits: ["--exclude SizeRestrictions_BODY"], document: acl(),
      expected: acl(
        """

                RuleActionOverrides:
                  - Name: SizeRestrictions_BODY
                    ActionToUse:
                      Count: {}
        """)),
    Case(
      name: "one more override", edits: ["--set NoUserAgent_HEADER=captcha"],
      document: acl(
        """

                RuleActionOverrides:
                - ActionToUse: {Count: {}}
                  Name: SizeRestrictions_BODY # big
                # none below
                ScopeDownStatement:
                  GeoMatchStatement:
                    CountryCodes: [NO]
        """),
      expected: acl(
        """

                RuleActionOverrides:
                - ActionToUse: {Count: {}}
                  Name: SizeRestrictions_BODY # big
                - ActionToUse: {Captcha: {}}
                  Name: NoUserAgent_HEADER
                # none below
                ScopeDownStatement:
                  GeoMatchStatement:
                    CountryCodes: [NO]
        """)),
    Case(
      name: "a changed override", edits: ["--set SizeRestrictions_BODY=block"],
      document: acl(
        """

                RuleActionOverrides:
                  - Name: "SizeRestrictions_BODY"
                    ActionToUse:
                      Count: {}
        """),
      expected: acl(
        """

                RuleActionOverrides:
                  - Name: "SizeRestrictions_BODY"
                    ActionToUse:
                      Block: {}
        """)),
    Case(
      name: "the last override goes with its list", edits: ["--set SizeRestrictions_BODY=none"],
      document: acl(
        """

                RuleActionOverrides:
                  - Name: SizeRestrictions_BODY
                    ActionToUse:
                      Count: {}
        """), expected: acl()),
    Case(
      name: "an exclusion becomes an override", edits: ["--set SizeRestrictions_BODY=block"],
      document: acl(
        """

                ExcludedRules:
                  - Name: SizeRestrictions_BODY
                  - Name: NoUserAgent_HEADER
        """),
      expected: acl(
        """

                ExcludedRules:
                  - Name: NoUserAgent_HEADER
                RuleActionOverrides:
                  - Name: SizeRestrictions_BODY
                    ActionToUse:
                      Block: {}
        """)),
    Case(
      name: "an empty list of overrides", edits: ["--exclude SizeRestrictions_BODY"],
      document: acl("\n        RuleActionOverrides: [] # none"),
      expected: acl(
        """

                RuleActionOverrides: # none
                  - Name: SizeRestrictions_BODY
                    ActionToUse:
                      Count: {}
        """)),
    Case(
      name: "overrides that are null", edits: ["--exclude SizeRestrictions_BODY"],
      document: acl("\n        RuleActionOverrides:"),
      expected: acl(
        """

                RuleActionOverrides:
                  - Name: SizeRestrictions_BODY
                    ActionToUse:
                      Count: {}
        """)),
  ]

  static let lists: [Case] = [
    Case(
      name: "the first rule goes with the blank line behind it", edits: ["--remove common"],
      document: acl(),
      expected: """
        # The shop.
        DefaultAction:
          Allow: {}   # so far
        Rules:
          # groups
          # our own
          - Name: geo
            Priority: 10
            Statement:
              GeoMatchStatement:
                CountryCodes: [NO]
            Action:
              Block: {}
            # end
        VisibilityConfig:
          MetricName: shop

        """),
    Case(
      name: "the last rule goes with its comments", edits: ["--remove geo"], document: acl(),
      expected: """
        # The shop.
        DefaultAction:
          Allow: {}   # so far
        Rules:
          # groups
          - Name: common
            Priority: 0
            Statement:
              ManagedRuleGroupStatement:
                VendorName: AWS
                Name: AWSManagedRulesCommonRuleSet
            OverrideAction:
              None: {}

          # our own
        VisibilityConfig:
          MetricName: shop

        """),
    Case(
      name: "all rules", edits: ["--remove geo", "--remove common"],
      document: "DefaultAction: {Allow: {}}\nRules: # both\n- Name: geo\n\n- Name: common\nName: x",
      expected: "DefaultAction: {Allow: {}}\nRules: [] # both\nName: x"),
    Case(
      name: "the last rule of a document without a last line break", edits: ["--remove geo"],
      document: "DefaultAction: {Allow: {}}\nRules:\n- Name: common\n- Name: geo\n  Priority: 1",
      expected: "DefaultAction: {Allow: {}}\nRules:\n- Name: common"),
    Case(
      name: "a rule between two", edits: ["--add-rule new.json@5"], document: acl(),
      expected: acl().replacing(
        "      None: {}\n\n",
        with: """
                None: {}

            - Name: new
              Priority: 5
              Statement:
                GeoMatchStatement:
                  CountryCodes: ["NO", DE]
              Action:
                Block: {}
              VisibilityConfig:
                SampledRequestsEnabled: true
                CloudWatchMetricsEnabled: true
                MetricName: new


          """)),
    Case(
      name: "a rule at the end of a document without a last line break",
      edits: ["--add-rule new.json@5"],
      document: "DefaultAction: {Allow: {}}\nRules:\n- {Name: 'common', Priority: 0}",
      expected: "DefaultAction: {Allow: {}}\nRules:\n- {Name: 'common', Priority: 0}\n"
        + "- {Name: 'new', Priority: 5, Statement: {GeoMatchStatement: {CountryCodes: ['NO', 'DE']}}, "
        + "Action: {Block: {}}, VisibilityConfig: {SampledRequestsEnabled: true, "
        + "CloudWatchMetricsEnabled: true, MetricName: 'new'}}"),
    Case(
      name: "a rule before all, in quotes, at the end mark", edits: ["--add-rule new.json@0"],
      document: """
        ---
        DefaultAction:
            Allow: {}
        Rules:
        -   Name: "geo"
            Priority: 1
        ...

        """,
      expected: """
        ---
        DefaultAction:
            Allow: {}
        Rules:
        -   Name: "new"
            Priority: 0
            Statement:
                GeoMatchStatement:
                    CountryCodes:
                    -   "NO"
                    -   "DE"
            Action:
                Block: {}
            VisibilityConfig:
                SampledRequestsEnabled: true
                CloudWatchMetricsEnabled: true
                MetricName: "new"
        -   Name: "geo"
            Priority: 1
        ...

        """),
    Case(
      name: "the first rule of a web ACL", edits: ["--add-rule new.json@0"],
      document: "WebACL:\n  DefaultAction:\n    Allow: {}\n  Rules: []\n  Name: a\n",
      expected: """
        WebACL:
          DefaultAction:
            Allow: {}
          Rules:
          - Name: new
            Priority: 0
            Statement:
              GeoMatchStatement:
                CountryCodes:
                - "NO"
                - DE
            Action:
              Block: {}
            VisibilityConfig:
              SampledRequestsEnabled: true
              CloudWatchMetricsEnabled: true
              MetricName: new
          Name: a

        """),
    Case(
      name: "rules without a web ACL", edits: ["--set b=count", "--remove a"],
      document: "- Name: a\n  Action:\n    Block: {}\n- Name: b\n  Action: {Block: {}}\n",
      expected: "- Name: b\n  Action: {Count: {}}\n"),
  ]

  static let flows: [Case] = [
    Case(
      name: "all in braces", edits: ["--set a=count", "--default-action block", "--remove b"],
      document:
        "{DefaultAction: {Allow: {}},\n Rules: [{Name: a, Action: {Block: {}}}, {Name: b}]}\n",
      expected: "{DefaultAction: {Block: {}},\n Rules: [{Name: a, Action: {Count: {}}}]}\n"),
    Case(
      name: "a statement in braces", edits: ["--exclude common/NoUserAgent_HEADER"],
      document:
        "DefaultAction: {Allow: {}}\nRules:\n- Name: common\n  Statement: {ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesCommonRuleSet}} # x\n",
      expected:
        "DefaultAction: {Allow: {}}\nRules:\n- Name: common\n  Statement: {ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesCommonRuleSet, RuleActionOverrides: [{Name: NoUserAgent_HEADER, ActionToUse: {Count: {}}}]}} # x\n"
    ),
    Case(
      name: "JSON that is called YAML", edits: ["--set a=count"],
      document:
        "{\n  \"DefaultAction\": {\"Allow\": {}},\n  \"Rules\": [{\"Name\": \"a\", \"Action\": {\"Block\": {}}}]\n}\n",
      expected:
        "{\n  \"DefaultAction\": {\"Allow\": {}},\n  \"Rules\": [{\"Name\": \"a\", \"Action\": {\"Count\": {}}}]\n}\n"
    ),
  ]

  // MARK: What can't be done

  @Test(arguments: [
    (
      "an action that others share", "--set a=count",
      "DefaultAction: {Allow: {}}\nRules:\n- Name: a\n  Action: &block {Block: {}}\n- Name: b\n  Action: *block\n",
      "acl.yaml:4:11: error[edit-failed]: --set a=count can't be made in 'acl.yaml': anchors and aliases"
    ),
    (
      "an action that is another's", "--set b=count",
      "DefaultAction: {Allow: {}}\nRules:\n- Name: a\n  Action: &block {Block: {}}\n- Name: b\n  Action: *block\n",
      "error[edit-failed]: --set b=count can't be made in 'acl.yaml': anchors and aliases"
    ),
    (
      "a rule that has an anchor", "--remove a",
      "DefaultAction: {Allow: {}}\nRules:\n- Name: a\n  Action: &block {Block: {}}\n- Name: b\n  Action: *block\n",
      "error[edit-failed]: --remove a can't be made in 'acl.yaml': anchors and aliases"
    ),
    (
      "lists in one line", "--remove a",
      "DefaultAction: {Allow: {}}\nRules:\n  # x\n  -\n    # y\n    Name: a\n  - Name: b\n",
      "error[edit-failed]: --remove a can't be made in 'acl.yaml': its layout is unusual here"
    ),
  ])
  func refused(_ name: String, _ typed: String, _ document: String, _ error: String) throws {
    let trial = Trial(document: document, file: "acl.yaml")
    let refusal = try trial.refusal([typed])
    #expect(refusal.contains(error), "\(refusal)")
  }

  @Test func whatIsNotTouchedMayHaveAliases() throws {
    let document =
      "DefaultAction: {Allow: {}}\nRules:\n- Name: a\n  Action: &block {Block: {}}\n- Name: b\n  Action: *block\n- Name: c\n  Action: {Block: {}}\n"
    let trial = Trial(document: document, file: "acl.yml")
    #expect(
      try trial.text("--set c=count")
        == document.replacing("c\n  Action: {Block", with: "c\n  Action: {Count"))
  }
}
