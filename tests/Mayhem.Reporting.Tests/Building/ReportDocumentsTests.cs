using System.Net;
using System.Net.Http;
using Mayhem.FrameCapture;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Document;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting.Tests.Building;

public sealed class ReportDocumentsTests
{
    private readonly ReportDocuments documents = new(new ProcessState(new InFlightMessages(), TimeProvider.System));

    [Fact]
    public void Of_AChain_IsFlattenedWithWhatHoldsWhat()
    {
        var exception = new InvalidOperationException(
            "outer", new AggregateException("several", new IOException("first", new TimeoutException("deep")), new FormatException("second")));

        var chain = Of(exception).Exceptions;

        Assert.Equal(
            ["System.InvalidOperationException", "System.AggregateException", "System.IO.IOException", "System.FormatException", "System.TimeoutException"],
            chain.Select(link => link.Type));
        Assert.Equal([null, 0, 1, 1, 2], chain.Select(link => link.InnerOf));
        Assert.Equal("deep", chain[^1].Message);
    }

    [Fact]
    public void Of_ALongChainOrOneThatHoldsItselfTwice_Ends()
    {
        Exception chain = new TimeoutException("end");
        for (var link = 0; link < 50; link++)
            chain = new InvalidOperationException("link", chain);
        var shared = new IOException("shared");

        Assert.Equal(10, Of(chain).Exceptions.Count);
        Assert.Equal(2, Of(new AggregateException(shared, shared)).Exceptions.Count);
    }

    [Fact]
    public async Task Of_AnAsyncMethod_HasItsFramesByTheirNamesAndLines()
    {
        var thrown = await Assert.ThrowsAsync<IOException>(() => OuterAsync("web-3"));

        var frames = Of(thrown).Exceptions[0].Frames;

        Assert.Equal(["ReportDocumentsTests.InnerAsync(string host)", "ReportDocumentsTests.OuterAsync(string host)"], frames.Where(frame => frame.InOurCode).Select(frame => frame.Method).Take(2));
        Assert.Equal(typeof(ReportDocumentsTests).FullName, frames[0].Type);
        Assert.EndsWith("ReportDocumentsTests.cs", frames[0].File, StringComparison.Ordinal);
        Assert.True(frames[0].Line > 0);
        Assert.DoesNotContain(frames, frame => frame.Type.StartsWith("System.Runtime.CompilerServices", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_WhatATypeAdds_IsReadFromFieldsAndNotFromGetters()
    {
        var exception = new RichException { Host = "web-3", Attempts = 3 };
        exception.Data["queue"] = "restarts";
        exception.Data[CapturedFrames.DataKey] = "what the frames show already";

        var properties = Of(exception).Exceptions[0].Properties;

        Assert.Contains(new ReportedValue("Host", "string", "\"web-3\""), properties);
        Assert.Contains(new ReportedValue("Attempts", "int", "3"), properties);
        Assert.Contains(new ReportedValue("Data[queue]", "string", "\"restarts\""), properties);
        Assert.DoesNotContain(properties, property => property.Name is "Explodes" or "message" or "innerException" or $"Data[{CapturedFrames.DataKey}]");
    }

    [Fact]
    public void Of_ALibrarysException_HasItsFields() => Assert.Contains(
        Of(new HttpRequestException("refused", inner: null, HttpStatusCode.Forbidden)).Exceptions[0].Properties, property => property is { Name: "StatusCode", Value: "Forbidden" });

    [Fact]
    public void Of_APartThatCannotBeRead_LeavesTheRestAndSaysSo()
    {
        var broken = new ReportDocuments(new ProcessState(new InFlightMessages(), new BrokenClock()));

        var document = broken.Of(SomeReport.Of(new IOException("no disk")), 0);

        Assert.Null(document.Process);
        Assert.Contains("process: InvalidOperationException: no clock", document.Domain[ReportedDomain.Incomplete], StringComparison.Ordinal);
        Assert.Equal("no disk", document.Exceptions[0].Message);
    }

    [Fact]
    public void Of_Unreadables_AreToldOf() => Assert.Equal("(FormatException while the message was read)", Of(new UnreadableException()).Exceptions[0].Message);

    [Fact]
    public void Of_EarlierFailures_AreThoseBeforeThisOne()
    {
        var report = SomeReport.Of(new IOException("no disk"));
        var earlier = new FailureHistoryEntry("Transient", "System.TimeoutException", "aa", SomeReport.At.AddSeconds(-5), "vm/1", 2);
        var history = FailureHistory.Append(FailureHistory.Append(null, earlier), new FailureHistoryEntry("Transient", "System.IO.IOException", report.Fingerprint, report.At, "vm/1", 4));

        Assert.Equal([earlier], documents.Of(report with { History = history }, 3).History);
        Assert.Equal(3, documents.Of(report with { History = "{not json" }, 3).Unreported);
    }

    [Fact]
    public async Task Of_ATrail_IsItsLastLines()
    {
        using var provider = new TrailLoggerProvider(new ManualTimeProvider(SomeReport.At));
        var report = await ReportAfterAsync(provider.CreateLogger("Fleet"));

        Assert.Equal([new Breadcrumb(SomeReport.At, "Warning", "Fleet", "web-3 is slow")], documents.Of(report, 0).Breadcrumbs);
    }

    [Fact]
    public void Of_TheProcess_IsThisOne()
    {
        var process = Of(new IOException("no disk")).Process!;

        Assert.EndsWith($"/{Environment.ProcessId}", process.Instance, StringComparison.Ordinal);
        Assert.True(process is { UptimeSeconds: > 0, WorkingSetBytes: > 0, HeapBytes: > 0, MemoryLimitBytes: > 0, PoolThreads: > 0 });
        Assert.Contains(".NET", process.Platform, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EnormousFailures_IsBounded()
    {
        var exception = new RichException(new string('m', 1_000_000)) { Host = new string('h', 1_000_000) };
        for (var entry = 0; entry < 1000; entry++)
            exception.Data[$"entry {entry}"] = new string('d', 10_000);
        var domain = Enumerable.Range(0, 1000).ToDictionary(number => $"name {number}", _ => new string('v', 100_000), StringComparer.Ordinal);

        var report = SomeReport.Of(Deep(2000, exception)) with { Domain = domain };

        Assert.InRange(ReportJson.Write(documents.Of(report, 0)).Length, 1, 1024 * 1024);
    }

    private static Exception Deep(int depth, Exception exception)
    {
        try
        {
            Throw(depth);
        }
        catch (Exception thrown)
        {
            return thrown;
        }

        return exception;

        void Throw(int left)
        {
            if (left == 0)
                throw exception;
            Throw(left - 1);
        }
    }

    private static async Task<ExceptionReport> ReportAfterAsync(ILogger logger)
    {
        var trail = LogTrail.Begin();
        await Task.Yield();
        logger.LogWarning("{Host} is slow", "web-3");
        return SomeReport.Of(new IOException("no disk")) with { Trail = trail };
    }

    private static async Task OuterAsync(string host) => await InnerAsync(host);

    private static async Task InnerAsync(string host)
    {
        await Task.Yield();
        throw new IOException($"{host} has no disk");
    }

    private ReportDocument Of(Exception exception) => documents.Of(SomeReport.Of(exception), 0);

    private sealed class RichException(string message = "rich") : Exception(message)
    {
        public string? Host { get; init; }

        public int Attempts { get; init; }

        public string Explodes => throw new InvalidOperationException($"a report of {Host} runs no getters");
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new FormatException();
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("no clock");
    }
}
