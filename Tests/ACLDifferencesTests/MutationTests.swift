import DocumentTree
import Findings
import Testing
import WAFDocuments

/// Whatever one member is changed to: it is told, and of the right rule.
@Suite struct MutationTests {
  /// One member changed.
  private struct Mutation {
    var document: Node
    var path: [String]
  }

  /// Words that some member of the document can have in the place of its own.
  private static let words = [
    "CONTAINS", "EXACTLY", "COMMON", "MATCH", "NO_MATCH", "CONTINUE", "KEY", "ALL", "VALUE", "LT",
    "LOW", "LAST", "FR", "HASH", "QUERY_STRING", "KB_32", "TEXT_HTML", "NAMESPACE", "URL_DECODE",
    "REGIONAL", "FORWARDED_IP",
  ]

  /// Changes of these say nothing of what a web ACL does.
  private static let silent: Set = ["Priority", "Description"]

  private func mutations(of node: Node, at path: [String] = []) -> [Mutation] {
    func here(_ kind: Node.Kind) -> Mutation { Mutation(document: Node(kind), path: path) }
    switch node.kind {
    case .object(let members):
      var all: [Mutation] = []
      for (index, member) in members.enumerated() {
        var rest = members
        rest.remove(at: index)
        all.append(Mutation(document: Node(.object(rest)), path: path + [member.key]))
        for inner in mutations(of: member.value, at: path + [member.key]) {
          var changed = members
          changed[index].value = inner.document
          all.append(Mutation(document: Node(.object(changed)), path: inner.path))
        }
      }
      return all
    case .array(let elements):
      var all: [Mutation] = []
      for (index, element) in elements.enumerated() {
        var rest = elements
        rest.remove(at: index)
        all.append(Mutation(document: Node(.array(rest)), path: path + ["\(index)"]))
        for inner in mutations(of: element, at: path + ["\(index)"]) {
          var changed = elements
          changed[index] = inner.document
          all.append(Mutation(document: Node(.array(changed)), path: inner.path))
        }
      }
      return all
    case .string(let text):
      let isWord = text.allSatisfy { $0.isUppercase || $0 == "_" }
      return (isWord ? Self.words : [text + "x", text + "-2"]).filter { $0 != text }
        .map { here(.string($0)) }
    case .number(let number): return [here(.number("\((Int(number) ?? 0) + 30)"))]
    case .bool(let bool): return [here(.bool(!bool))]
    case .null: return []
    }
  }

  private static let tree: Node? = try? JSONParser.parse(
    Array(RichDocument.text.utf8), file: "rich.json")

  /// The document with some of its rules alone.
  private func document(rules: [Node]) throws -> Node {
    let members = try #require(Self.tree?.members)
    return Node(
      .object(
        members.map { member in
          member.key == "Rules"
            ? Node.Member(key: "Rules", value: Node(.array(rules))) : member
        }))
  }

  /// The changes that a changed document shows; nil where the service would refuse it.
  private func changes(_ old: LoadedDocuments, _ new: Node) throws -> [StructuralChange]? {
    let bytes = Array(JSONWriter.compact(new).utf8)
    let new = DocumentLoader().load(aclBytes: bytes, file: "new.json")
    return new.hasErrors || new.webACL == nil ? nil : try compared(old, new)
  }

  @Test func everyMemberOfRules() throws {
    var told = 0
    for rule in try #require(Self.tree?["Rules"]?.elements) {
      let name = try #require(rule["Name"]?.text)
      let old = try loaded(JSONWriter.compact(document(rules: [rule])), file: "old.json")
      for mutation in mutations(of: rule) {
        guard let last = mutation.path.last, !Self.silent.contains(last),
          let changes = try changes(old, document(rules: [mutation.document]))
        else { continue }
        let place = Comment(rawValue: "\(name) " + mutation.path.joined(separator: "/"))
        #expect(
          changes.contains { $0.rule == name || $0.details == ["was \"\(name)\""] }, place)
        #expect(changes.allSatisfy { $0.kind != .moved && !$0.details.isEmpty }, place)
        told += 1
      }
    }
    // So many changes are allowed: the test tests something.
    #expect(told > 200)
  }

  @Test func everySetting() throws {
    let document = try document(rules: [])
    let old = try loaded(JSONWriter.compact(document), file: "old.json")
    var told = 0
    for mutation in mutations(of: document) {
      // A name or scope that is not stated is not another one.
      guard let last = mutation.path.last, !Self.silent.contains(last),
        !(["Name", "Scope"].contains(last) && mutation.document[last] == nil),
        let changes = try changes(old, mutation.document)
      else { continue }
      let place = Comment(rawValue: mutation.path.joined(separator: "/"))
      // The list of rules is empty already.
      #expect(changes.isEmpty == (mutation.path == ["Rules"]), place)
      #expect(changes.allSatisfy { $0.rule.isEmpty && !$0.details.isEmpty }, place)
      told += 1
    }
    #expect(told > 40)
  }
}
