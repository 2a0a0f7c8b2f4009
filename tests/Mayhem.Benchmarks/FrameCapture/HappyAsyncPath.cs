extern alias plain;
extern alias woven;
using BenchmarkDotNet.Attributes;
using PlainWork = plain::Mayhem.Benchmarks.Subjects.Work;
using WovenWork = woven::Mayhem.Benchmarks.Subjects.Work;

namespace Mayhem.Benchmarks.FrameCapture;

/// <summary>What woven async methods cost while nothing fails.</summary>
[MemoryDiagnoser]
public class HappyAsyncPath
{
    private const string Line = "cattle-0001;web;ops@example.net;stuck;2026-11-20T18:30:00Z";

    private readonly PlainWork plainWork = new();
    private readonly WovenWork wovenWork = new();

    [Benchmark(Baseline = true)]
    public ValueTask<int> Plain() => plainWork.CountAsync(new(Line));

    [Benchmark]
    public ValueTask<int> Woven() => wovenWork.CountAsync(new(Line));

    [Benchmark]
    public Task<int> PlainThatWaits() => plainWork.CountLater(Line);

    [Benchmark]
    public Task<int> WovenThatWaits() => wovenWork.CountLater(Line);
}
