import Diagnostics
import Foundation
import Testing
import WAFDocuments
import WAFModel

@Suite struct DocumentLoaderTests {
  @Test func aBundleDirectory() throws {
    let folder = try TemporaryFolder([
      "acl.json": Samples.getOutput, "b-group.json": Samples.ruleGroup,
      "ips.yaml": "IPSet:\n  ARN: arn:ip\n  IPAddressVersion: IPV4\n  Addresses: [192.0.2.0/24]\n",
      "patterns.JSON": Samples.patternSet, "notes.txt": "no document", ".hidden.json": "{",
      "package.json": #"{"name": "x"}"#, "sub/other.json": Samples.acl,
    ])
    let loaded = DocumentLoader().load(acl: folder.path)
    #expect(codes(loaded) == ["warning ignored-document"])
    #expect(loaded.webACL?.file == folder("acl.json"))
    #expect(loaded.bundle.ruleGroup(arn: "arn:group")?.value.name == "g")
    #expect(loaded.bundle.ipSet(arn: "arn:ip")?.file == folder("ips.yaml"))
    #expect(
      loaded.bundle.regexPatternSet(arn: "arn:regex")?.value.regularExpressionList == ["a"])
    #expect(loaded.bundle.ipSet(arn: "arn:IP") == nil)
  }

  @Test func documentsBesideTheWebACL() throws {
    let folder = try TemporaryFolder([
      "acl.json": Samples.acl, "with/ips.json": Samples.ipSet, "group.json": Samples.ruleGroup,
    ])
    let options = LoadingOptions(searchString: .base64)
    // The directory is given twice, and holds the web ACL: each file counts once.
    let loaded = DocumentLoader(options: options).load(
      acl: folder("acl.json"), with: [folder("with"), folder.path, folder.path + "/."])
    #expect(codes(loaded) == [])
    #expect(loaded.webACL != nil)
    #expect(loaded.bundle.ipSets.count == 1)
    #expect(loaded.bundle.ruleGroups.count == 1)
    #expect(loaded.bundle.webACLs.count == 1)
  }

  @Test func severalWebACLs() throws {
    let folder = try TemporaryFolder(["a.json": Samples.getOutput, "b.json": Samples.forResource])
    let loaded = DocumentLoader().load(acl: folder.path)
    let error = try #require(loaded.diagnostics.last)
    #expect(error.code == "several-web-acls")
    #expect(
      error.notes.prefix(2) == ["\(folder("a.json")) ('shop')", "\(folder("b.json")) ('shop')"])
    #expect(loaded.webACL == nil)
    let named = DocumentLoader().load(acl: folder("a.json"), with: [folder.path])
    #expect(named.webACL?.file == folder("a.json"))
    #expect(codes(named).contains("warning ignored-document"))
    #expect(!named.hasErrors)
  }

  @Test func sameARN() throws {
    let folder = try TemporaryFolder([
      "acl.json": Samples.getOutput, "i.json": Samples.ipSet, "j.json": Samples.ipSet,
    ])
    let loaded = DocumentLoader().load(acl: folder.path)
    let error = try #require(loaded.diagnostics.first)
    #expect(error.code == "duplicate-arn")
    #expect(error.place == Place(file: folder("j.json"), pointer: JSONPointer(["IPSet", "ARN"])))
    #expect(error.notes == ["the other one is \(folder("i.json"))"])
  }

  @Test func setsWithoutARN() throws {
    let folder = try TemporaryFolder([
      "acl.json": Samples.getOutput,
      "i.json": #"{"IPAddressVersion": "IPV6", "Addresses": [], "Name": "n"}"#,
    ])
    #expect(codes(DocumentLoader().load(acl: folder.path)) == ["warning missing-arn"])
  }

  @Test func pathsThatLeadNowhere() throws {
    let folder = try TemporaryFolder([
      "empty/notes.txt": "", "acl.json": Samples.getOutput, "rule.json": Samples.rule,
    ])
    #expect(codes(DocumentLoader().load(acl: folder("no.json"))) == ["error file-not-found"])
    #expect(
      codes(DocumentLoader().load(acl: folder("empty")))
        == ["warning empty-directory", "error no-web-acl"])
    #expect(
      codes(DocumentLoader().load(acl: folder("acl.json"), with: [folder("none")]))
        == ["error file-not-found"])
    #expect(
      codes(DocumentLoader().load(acl: folder("acl.json"), with: [folder("rule.json")]))
        == ["error not-a-wafv2-document"])
  }

  @Test func brokenDocumentsDoNotStopTheOthers() throws {
    let folder = try TemporaryFolder([
      "a.json": "{,}", "acl.json": #"{"DefaultAction": {}, "Rules": 5}"#,
      "z.json": #"{"IPSet": {"IPAddressVersion": "ipv4", "Addresses": []}}"#,
    ])
    let loaded = DocumentLoader().load(acl: folder.path)
    #expect(
      codes(loaded) == [
        "error syntax", "error empty-union", "error wrong-type", "error unknown-value",
      ])
  }

  @Test func notUTF8() {
    let loaded = DocumentLoader().load(aclBytes: [0x7B, 0x22, 0xE4, 0x22], file: "latin.json")
    #expect(codes(loaded) == ["error syntax"])
    let yaml = DocumentLoader().load(aclBytes: [0x61, 0x3A, 0xE4], file: "latin.yaml")
    #expect(codes(yaml) == ["error syntax"])
    #expect(yaml.diagnostics.first?.place?.byteRange?.lowerBound == 2)
  }

  @Test func strictAndAllowUnknown() {
    let text = Samples.getOutput.replacing("UriPath", with: "FutureField")
      .replacing(#""Name": "shop""#, with: #""Name": "shop", "Color": 1"#)
    #expect(codes(load(text)) == ["warning unknown-member", "error unknown-field"])
    // Strict reading also asks for what the evaluation does not need.
    #expect(
      codes(load(text, LoadingOptions(allowUnknown: true, strict: true))) == [
        "error missing-visibility-config", "error unknown-member",
        "error missing-visibility-config", "warning unknown-field",
      ])
  }

  /// The example of the project's conventions, word by word.
  @Test func aMisspeltStatement() {
    let text = """
      {"DefaultAction": {"Allow": {}},
       "Rules": [{"Name": "r", "Priority": 0, "Action": {"Block": {}}, "Statement":
        {"AndStatement": {"Statements": [
            {"GeoMatchStatement": {"CountryCodes": ["DE"]}},
            {"ByteMatchStatment": {"SearchString": "x"}}
        ]}}}]}
      """
    let loaded = load(text)
    #expect(
      loaded.diagnostics.map { loaded.sources.render($0) } == [
        """
        acl.json:5:8: error[unknown-statement]: unknown statement 'ByteMatchStatment'
           at /Rules/0/Statement/AndStatement/Statements/1
        5 |       {"ByteMatchStatment": {"SearchString": "x"}}
          |        ^^^^^^^^^^^^^^^^^^^ did you mean 'ByteMatchStatement'?
        """
      ])
  }

  @Test func diagnosticsComeInTheOrderOfTheDocument() {
    let text = #"""
      {"Nane": 1, "DefaultAction": {"Alow": {}}, "Rules": [{"Priority": 0, "Nmae": "x"}, 7],
       "Rules": []}
      """#
    let loaded = load(text)
    let places = loaded.diagnostics.compactMap { $0.place.flatMap(loaded.sources.location(of:)) }
    #expect(places.count == loaded.diagnostics.count)
    #expect(
      zip(places, places.dropFirst()).allSatisfy { ($0.line, $0.column) <= ($1.line, $1.column) })
    #expect(codes(loaded).contains("error repeated-member"))
  }
}
