import Diagnostics
import Testing
import WAFDocuments
import WAFModel

@Suite struct DocumentShapeTests {
  @Test(arguments: [
    (Samples.acl, ""), (Samples.createInput, ""), (Samples.getOutput, "/WebACL"),
    (Samples.forResource, "/WebACL"),
    ("\u{FEFF} \n" + Samples.acl, ""),
  ])
  func webACLs(_ text: String, _ pointer: String) {
    let loaded = load(text)
    #expect(!loaded.hasErrors)
    #expect(loaded.webACL?.value.name == "shop")
    #expect(loaded.webACL?.pointer.description == pointer)
    #expect(loaded.webACL?.file == "acl.json")
    #expect(loaded.bundle.webACLs.count == 1)
  }

  @Test(arguments: [
    (Samples.ipSet, "not-a-web-acl", "an IP set"),
    (Samples.patternSet, "not-a-web-acl", "a regex pattern set"),
    (#"{"Resources": {"A": {"Type": "AWS::WAFv2::WebACL"}}}"#, "not-supported-yet", "CloudForm"),
    (#"{"AWSTemplateFormatVersion": "2010-09-09"}"#, "not-supported-yet", "CloudFormation"),
    (#"{"terraform_version": "1", "planned_values": {}}"#, "not-supported-yet", "Terraform"),
    (#"{"Summary": {"Name": "x"}}"#, "not-a-web-acl", "a summary without rules"),
    (#"{"WebACLs": []}"#, "not-a-web-acl", "a summary without rules"),
    (
      #"{"RuleGroup": {"type": "object", "properties": {}}}"#, "not-a-web-acl", "a JSON Schema"
    ),
    (
      #"{"$schema": "https://json-schema.org/", "DefaultAction": {"type": "object"}}"#,
      "not-a-web-acl", "a JSON Schema"
    ),
    (
      #"{"Limit": 100, "AggregateKeyType": "IP"}"#, "not-a-web-acl",
      "the inside of a RateBasedStatement"
    ),
    (
      #"{"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}"#, "not-a-web-acl",
      "the inside of a ManagedRuleGroupStatement"
    ),
    ("{}", "not-a-web-acl", "no wafv2 document"), ("[]", "not-a-web-acl", "a list"),
    ("3", "not-a-web-acl", "a number"), ("null", "not-a-web-acl", "null"),
    ("", "syntax", "the document is empty"), ("{", "syntax", "ends inside the object"),
    (#"{"Name": "shop", "Rules": []}"#, "missing-member", "'DefaultAction'"),
  ])
  func others(_ text: String, _ code: String, _ message: String) {
    let loaded = load(text)
    #expect(loaded.webACL == nil)
    let errors = loaded.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [code])
    #expect(errors.first?.message.contains(message) == true, "\(loaded.diagnostics)")
  }

  @Test func terraformSource() {
    let loaded = load(#"resource "aws_wafv2_web_acl" "x" {}"#, file: "main.tf")
    #expect(codes(loaded) == ["error not-supported-yet"])
  }

  @Test func theWrapperMayHoldUnknownMembers() {
    let loaded = load(#"{"WebACL": \#(Samples.acl), "LokToken": 1}"#)
    #expect(!loaded.hasErrors)
    #expect(
      loaded.diagnostics.contains { $0.code == "unknown-member" && $0.suggestion == "LockToken" })
  }
}
