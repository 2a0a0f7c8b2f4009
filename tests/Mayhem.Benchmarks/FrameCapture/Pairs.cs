extern alias plain;
extern alias woven;
using PlainWork = plain::Mayhem.Benchmarks.Subjects.Work;
using WovenWork = woven::Mayhem.Benchmarks.Subjects.Work;

namespace Mayhem.Benchmarks.FrameCapture;

/// <summary>What is measured of frame capture: each in a loop of its own, for a call through a delegate would count as work.</summary>
internal static class Pairs
{
    private const string Line = "cattle-0001;web;ops@example.net;stuck;2026-11-20T18:30:00Z";

    private static readonly byte[] Body = """{"version":1,"requestId":"2026-11-20-0042","host":"cattle-0001","group":"web","requester":"ops@example.net","reason":"stuck"}"""u8.ToArray();
    private static readonly PlainWork PlainWork = new();
    private static readonly WovenWork WovenWork = new();
    private static Exception? caught;

    /// <summary>A method of some work that does not fail. In a tight loop the stores of the variables' copies show.</summary>
    public static readonly Pair SomeWork = new("some work, nothing fails", 1.02, ReadPlain, ReadWoven);

    public static readonly IReadOnlyList<Pair> All =
    [
        SomeWork,
        new("a tight loop, nothing fails", null, CountPlain, CountWoven),
        new("async, nothing to wait for", null, CountPlainAsync, CountWovenAsync),
        new("async, waits", null, CountPlainLater, CountWovenLater),
        new("thrown through five frames and caught", 1.5, CatchPlain, CatchWoven),
    ];

    private static void ReadPlain(int times)
    {
        for (var done = 0; done < times; done++)
            PlainWork.Read(Body);
    }

    private static void ReadWoven(int times)
    {
        for (var done = 0; done < times; done++)
            WovenWork.Read(Body);
    }

    private static void CountPlain(int times)
    {
        for (var done = 0; done < times; done++)
            PlainWork.Count(Line);
    }

    private static void CountWoven(int times)
    {
        for (var done = 0; done < times; done++)
            WovenWork.Count(Line);
    }

    private static void CountPlainAsync(int times)
    {
        for (var done = 0; done < times; done++)
            MustBeDone(PlainWork.CountAsync(new(Line)));
    }

    private static void CountWovenAsync(int times)
    {
        for (var done = 0; done < times; done++)
            MustBeDone(WovenWork.CountAsync(new(Line)));
    }

    private static void CountPlainLater(int times)
    {
        for (var done = 0; done < times; done++)
            PlainWork.CountLater(Line).GetAwaiter().GetResult();
    }

    private static void CountWovenLater(int times)
    {
        for (var done = 0; done < times; done++)
            WovenWork.CountLater(Line).GetAwaiter().GetResult();
    }

    private static void CatchPlain(int times)
    {
        for (var done = 0; done < times; done++)
        {
            try
            {
                PlainWork.First("cattle-0001", 1);
            }
            catch (InvalidOperationException error)
            {
                caught = error;
            }
        }
    }

    private static void CatchWoven(int times)
    {
        for (var done = 0; done < times; done++)
        {
            try
            {
                WovenWork.First("cattle-0001", 1);
            }
            catch (InvalidOperationException error)
            {
                caught = error;
            }
        }
    }

    private static void MustBeDone(ValueTask<int> counted)
    {
        if (!counted.IsCompletedSuccessfully)
            throw new InvalidOperationException("It had to wait.");
    }
}
