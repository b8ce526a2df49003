import ArgumentParser
import CAllocatorOptions
import WinnowBatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The `winnow` command.
@main
struct WinnowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow",
    abstract: "Strips boilerplate from web pages and flattened text and leaves article records.",
    version: "0.1.0",
    subcommands: [
      CleanCommand.self, ExplainCommand.self, StagesCommand.self, FixtureCommand.self, ConfigCommand.self,
    ])

  /// Runs the command. Exit codes: 0 all well, 1 some inputs failed or the output cannot be written,
  /// 2 the command line is wrong.
  static func main() {
    // A reader that goes away is an error of `write`, with the partial file removed, not a signal.
    signal(SIGPIPE, SIG_IGN)
    winnow_keep_freed_memory()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(error)
    }
  }

  /// Says what is wrong, or prints the help that was asked for, and ends the process.
  private static func end(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    guard !message.isEmpty else { terminate(code.rawValue) }
    do throws(OutputError) {
      try DescriptorOutput(descriptor: code.isSuccess ? 1 : 2).write(Array((message + "\n").utf8))
    } catch {
      terminate(1)
    }
    terminate(code == .validationFailure ? UsageExit.code : code.rawValue)
  }
}

/// `exit(3)`, which the command's own method of that name hides.
private func terminate(_ code: Int32) -> Never { exit(code) }

/// The exit code of a wrong command line.
enum UsageExit {
  static let code: Int32 = 2
}
