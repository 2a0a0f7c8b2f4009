extern alias plain;
extern alias woven;
using BenchmarkDotNet.Attributes;
using Mayhem.FrameCapture;
using PlainWork = plain::Mayhem.Benchmarks.Subjects.Work;
using WovenWork = woven::Mayhem.Benchmarks.Subjects.Work;

namespace Mayhem.Benchmarks.FrameCapture;

/// <summary>What an exception costs that passes through five methods and is caught. Bound: 1.5 times plain.</summary>
[MemoryDiagnoser]
public class CaughtException
{
    private readonly PlainWork plainWork = new();
    private readonly WovenWork wovenWork = new();
    private CaptureOptions? before;

    [GlobalSetup]
    public void CaptureAll()
    {
        before = FrameRecorder.Options;
        FrameRecorder.Options = new CaptureOptions { MaxExceptionsPerSecond = 0 };
    }

    [GlobalCleanup]
    public void CaptureAsBefore() => FrameRecorder.Options = before!;

    [Benchmark(Baseline = true)]
    public Exception? Plain()
    {
        try
        {
            plainWork.First("cattle-0001", 1);
            return null;
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }

    [Benchmark]
    public Exception? Woven()
    {
        try
        {
            wovenWork.First("cattle-0001", 1);
            return null;
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }
}
