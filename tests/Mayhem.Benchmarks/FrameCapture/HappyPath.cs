extern alias plain;
extern alias woven;
using BenchmarkDotNet.Attributes;
using PlainWork = plain::Mayhem.Benchmarks.Subjects.Work;
using WovenWork = woven::Mayhem.Benchmarks.Subjects.Work;

namespace Mayhem.Benchmarks.FrameCapture;

/// <summary>What a woven method of some work costs while nothing fails. Bound: 2 % more than plain.</summary>
public class HappyPath
{
    private const string Line = "cattle-0001;web;ops@example.net;stuck;2026-11-20T18:30:00Z";

    private readonly PlainWork plainWork = new();
    private readonly WovenWork wovenWork = new();

    [Benchmark(Baseline = true)]
    public int Plain() => plainWork.Count(Line);

    [Benchmark]
    public int Woven() => wovenWork.Count(Line);
}
