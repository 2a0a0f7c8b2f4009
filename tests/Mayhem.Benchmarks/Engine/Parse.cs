using BenchmarkDotNet.Attributes;
using Mayhem.Messages;

namespace Mayhem.Benchmarks.Engine;

/// <summary>Reading the body of a message.</summary>
[MemoryDiagnoser]
public class Parse
{
    private const string Id = "2026-11-20-0042";

    private readonly byte[] request =
        """{"version":1,"requestId":"2026-11-20-0042","host":"cattle-0001","group":"web","requester":"ops@example.net","reason":"stuck"}"""u8.ToArray();

    private readonly byte[] poison = """{"version":1,"requestId":"2026-11-20-0042","hosts":"cattle-0001","requester":"ops@example.net"}"""u8.ToArray();

    [Benchmark(Baseline = true)]
    public ParseResult Request() => RestartRequestParser.Parse(request, Id);

    [Benchmark]
    public ParseResult Poison() => RestartRequestParser.Parse(poison, Id);
}
