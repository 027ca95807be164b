import Bytes
import Foundation

/// Files of labelled requests, one JSON object a line.
package struct LabelledCorpus: Sendable {
  /// The files in the order of reading.
  package let files: [String]

  /// The corpus of these files and directories.
  ///
  /// Of a directory every `.ndjson` and `.jsonl` file is taken, at any depth and in the order of
  /// their paths; a file that is named itself may have any name.
  package init(paths: [String]) throws(LabelledCorpusError) {
    var files: [String] = []
    for path in paths {
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        throw .notFound(path)
      }
      guard isDirectory.boolValue else {
        files.append(path)
        continue
      }
      let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
      let wanted = names.filter { $0.hasSuffix(".ndjson") || $0.hasSuffix(".jsonl") }.sorted()
      guard !wanted.isEmpty else { throw .noFiles(path) }
      files += wanted.map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
    }
    self.files = files
  }

  /// Hands out each request in the order of the files, and says what could not be read.
  ///
  /// One file is in memory at a time. A broken line is counted and costs nothing but itself.
  package func read(
    _ take: (LabelledRequest) -> Void
  ) throws(LabelledCorpusError) -> CorpusReading {
    var reading = CorpusReading()
    for file in files {
      guard let data = FileManager.default.contents(atPath: file) else { throw .unreadable(file) }
      let bytes = Array(data)
      var hash = SHA256()
      hash.update(bytes)
      var input = CorpusReading.Input(name: file, sha256: hash.hexDigest())
      var number = 0
      for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        number += 1
        guard line.contains(where: { !Self.isBlank($0) }) else { continue }
        do throws(LabelledRequestError) {
          take(try LabelledRequest(line: Array(line), place: "\(file):\(number)", file: file))
          input.requests += 1
        } catch {
          input.badLines += 1
          reading.add(BadLine(file: file, line: number, error: error))
        }
      }
      reading.inputs.append(input)
    }
    return reading
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}

/// Why a corpus cannot be read at all.
package enum LabelledCorpusError: Error, Hashable, Sendable {
  case notFound(String)
  case noFiles(String)
  case unreadable(String)
  /// No line of it is a labelled request; the first bad line.
  case noRequests(String?)

  package var message: String {
    switch self {
    case .notFound(let path): "\(path) does not exist"
    case .noFiles(let path): "\(path) has no .ndjson or .jsonl file"
    case .unreadable(let path): "\(path) can't be read"
    case .noRequests(let line):
      "no line is a labelled request" + (line.map { "; the first: \($0)" } ?? "")
    }
  }
}

/// A line of a corpus that is no labelled request.
package struct BadLine: Hashable, Sendable {
  package var file: String
  /// Counted from 1.
  package var line: Int
  package var error: LabelledRequestError

  /// The line and what is wrong with it, as compilers write it.
  package var text: String { "\(file):\(line): \(error.message)" }
}

/// What was read of a corpus.
package struct CorpusReading: Sendable {
  /// A file of it.
  package struct Input: Hashable, Sendable {
    package var name: String
    package var sha256: String
    package var requests = 0
    package var badLines = 0
  }

  /// The most bad lines that are kept; all are counted.
  package static let keptBadLines = 20

  package var inputs: [Input] = []
  /// The first bad lines.
  package private(set) var badLines: [BadLine] = []

  package var requestCount: Int { inputs.reduce(0) { $0 + $1.requests } }
  package var badLineCount: Int { inputs.reduce(0) { $0 + $1.badLines } }

  fileprivate mutating func add(_ line: BadLine) {
    if badLines.count < Self.keptBadLines { badLines.append(line) }
  }
}
