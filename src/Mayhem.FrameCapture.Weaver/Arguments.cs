namespace Mayhem.FrameCapture.Weaver;

/// <summary>The command line is not acceptable; the message says what is.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What the build tells the weaver.</summary>
/// <param name="Assembly">The assembly to weave, in place. Its debug symbols are beside it or in it.</param>
/// <param name="References">Paths of the assemblies it was compiled against.</param>
/// <param name="LetJitOptimize">Removes the mark by which a compilation without optimisation keeps the JIT from optimising, and makes the state machines of async methods structs.</param>
internal sealed record Arguments(string Assembly, IReadOnlyList<string> References, bool LetJitOptimize)
{
    private const string Usage = "Usage: Mayhem.FrameCapture.Weaver <assembly> [--references <file with one path a line>] [--let-jit-optimize]";

    /// <exception cref="UsageException">They are not acceptable.</exception>
    public static Arguments Parse(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-'))
            throw new UsageException(Usage);
        var references = Array.Empty<string>();
        var letJitOptimize = false;
        for (var index = 1; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--references" when index + 1 < args.Length:
                    references = [.. File.ReadAllLines(args[++index]).Where(line => line.Length > 0)];
                    break;
                case "--let-jit-optimize":
                    letJitOptimize = true;
                    break;
                default:
                    throw new UsageException($"Unknown argument '{args[index]}'. {Usage}");
            }
        }

        return new(args[0], references, letJitOptimize);
    }
}
