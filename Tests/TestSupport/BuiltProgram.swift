package import Foundation

/// The program as it was built beside the tests.
package struct BuiltProgram: Sendable {
  /// What a run left behind.
  package struct Run: Sendable {
    /// The exit code; the number of the signal plus 128 where one ended the run.
    package var status: Int32
    /// The bytes of standard output.
    package var output: [UInt8]
    /// The text of standard error.
    package var errors: String

    /// Standard output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Why the program could not be run.
  package enum Problem: Error {
    /// It was not found in any of these folders.
    case notBuilt([String])
  }

  private var executable: URL

  /// Where it lies.
  package var url: URL { executable }

  /// The program of a name.
  ///
  /// It lies beside the test bundle, whose path is the first argument of the running process; else
  /// in the build folder of the package.
  package init(_ name: String) throws {
    var folders = [Bundle.main.bundleURL]
    for argument in CommandLine.arguments where argument.hasPrefix("/") {
      folders.append(URL(fileURLWithPath: argument).deletingLastPathComponent())
    }
    folders.append(packageRoot.appendingPathComponent(".build/debug"))
    for folder in folders {
      let file = folder.appendingPathComponent(name)
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory),
        !isDirectory.boolValue
      {
        executable = file
        return
      }
    }
    throw Problem.notBuilt(folders.map(\.path))
  }

  /// Runs the program and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: its arguments.
  ///   - input: what it reads from standard input.
  ///   - environment: variables beside `PATH` and `HOME`; those of the tests are not passed on.
  ///   - folder: the working directory; the package's unless given.
  ///   - closesOutput: whether the reading end of standard output is closed before the start.
  package func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    folder: URL? = nil, closesOutput: Bool = false
  ) throws -> Run {
    // Files take any amount without anybody reading; pipes would have to be drained meanwhile.
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("wafcast-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    func file(_ name: String, _ content: [UInt8] = []) throws -> URL {
      let url = place.appendingPathComponent(name)
      try Data(content).write(to: url)
      return url
    }
    let (inputFile, outputFile) = (try file("input", input), try file("output"))
    let errorFile = try file("errors")

    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? packageRoot
    let inherited = ProcessInfo.processInfo.environment
    var variables = environment
    for name in ["PATH", "HOME", "LD_LIBRARY_PATH"] where variables[name] == nil {
      variables[name] = inherited[name]
    }
    process.environment = variables
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    if closesOutput {
      let pipe = Pipe()
      process.standardOutput = pipe
      try pipe.fileHandleForReading.close()
    } else {
      process.standardOutput = try FileHandle(forWritingTo: outputFile)
    }
    try process.run()
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Run(
      status: isSignal ? process.terminationStatus + 128 : process.terminationStatus,
      output: Array(try Data(contentsOf: outputFile)),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }
}

/// The folder of `Package.swift`.
package let packageRoot: URL = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
