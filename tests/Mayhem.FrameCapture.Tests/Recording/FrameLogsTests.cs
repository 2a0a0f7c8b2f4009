using System.Collections;
using System.Collections.ObjectModel;
using Mayhem.FrameCapture.Recording;
using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Recording;

public class FrameLogsTests
{
    [Fact]
    public void FindOrAdd_OfOneException_IsAlwaysTheSameLog()
    {
        var exception = new InvalidOperationException();

        var log = Add(exception);

        Assert.Same(log, Add(exception));
        Assert.Same(log, FrameLogs.Find(exception));
    }

    [Fact]
    public void FindOrAdd_OfOneThatMayHaveNone_AsksOnce()
    {
        var exception = new InvalidOperationException();

        Assert.Null(FrameLogs.FindOrAdd(exception, "state", state => state != "state"));

        Assert.Null(Add(exception));
        Assert.Null(FrameLogs.Find(exception));
    }

    [Fact]
    public void Find_OfAnExceptionWithoutALog_FindsNone() => Assert.Null(FrameLogs.Find(new InvalidOperationException()));

    [Fact]
    public void Find_AfterManyOthersWereAdded_FindsEachItsOwn()
    {
        var added = Enumerable.Range(0, 50_000).Select(_ => new InvalidOperationException()).Select(exception => (exception, log: Add(exception))).ToArray();

        Assert.All(added, item => Assert.Same(item.log, FrameLogs.Find(item.exception)));
    }

    [Fact]
    public void FindOrAdd_FromManyThreads_GivesAllTheSameLog()
    {
        var exceptions = Enumerable.Range(0, 100).Select(_ => new InvalidOperationException()).ToArray();

        var found = exceptions.AsParallel().SelectMany(exception => Enumerable.Range(0, 20).AsParallel().Select(_ => (exception, log: Add(exception)))).ToArray();

        Assert.All(found.GroupBy(item => item.exception), group => Assert.Single(group.Select(item => item.log).Distinct()));
    }

    [Fact]
    public void Data_OfACapturedException_KeepTheirOwnEntries()
    {
        var exception = new InvalidOperationException { Data = { ["queue"] = "restarts" } };

        var thrown = Thrown.By(() => Regions.ThrowThis(exception));

        Assert.Equal("restarts", thrown.Data["queue"]);
        Assert.NotEmpty(CapturedFrames.Of(thrown));
    }

    [Fact]
    public async Task Data_OfACapturedException_ShowNoValues()
    {
        var thrown = await Thrown.ByAsync(AllSamples.ByName["secrets"]);
        var entry = thrown.Data[CapturedFrames.DataKey];

        Assert.NotEmpty(CapturedFrames.Of(thrown));
        Assert.Matches("^[1-9][0-9]* frames$", entry?.ToString());
        Assert.DoesNotContain("planted", new ValueFormatter().Format(thrown.Data), StringComparison.Ordinal);
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(entry));
    }

    [Theory]
    [MemberData(nameof(DataOfTheirOwn))]
    public void Frames_OfAnExceptionWhoseDataTakeNone_AreNotCaptured(string kind, Func<IDictionary> data)
    {
        var thrown = Thrown.By(() => Regions.ThrowThis(new WithDataOfItsOwn(data)));

        Assert.True(thrown is WithDataOfItsOwn, kind);
        Assert.Empty(CapturedFrames.Of(thrown));
        Assert.Contains(TracedFrames.Of(thrown), frame => frame.Name.StartsWith("Regions.ThrowThis", StringComparison.Ordinal));
    }

    public static TheoryData<string, Func<IDictionary>> DataOfTheirOwn() => new()
    {
        { "null", () => null! },
        { "failing", () => throw new NotSupportedException() },
        { "read-only", () => ReadOnlyDictionary<string, object>.Empty },
    };

    private static FrameLog Add(Exception exception) => FrameLogs.FindOrAdd(exception, true, mayAdd => mayAdd)!;

    private sealed class WithDataOfItsOwn(Func<IDictionary> data) : Exception
    {
        public override IDictionary Data => data();
    }
}
