using FsCheck;
using FsCheck.Fluent;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Fitting;
using Mayhem.Reporting.Tests.Doubles;

namespace Mayhem.Reporting.Tests.Fitting;

public class ReportFittingTests
{
    [Fact]
    public void Fit_WhatFits_IsLeftAsItIs()
    {
        var report = SomeDocument.Of(1);

        Assert.Same(report, ReportFitting.Fit(report, Size, 10_000));
    }

    [Fact]
    public void Fit_ALittleTooLarge_LosesTheFarFramesOfLibraries_AndNothingElse()
    {
        var report = Large(ourFrames: 20, libraryFrames: 20, valueLength: 50, lines: 10);

        var fitting = ReportFitting.Fit(report, Size, Size(report) - 500);

        Assert.Equal(Ours(report), Ours(fitting));
        Assert.InRange(fitting.Exceptions[0].Frames.Count(frame => !frame.InOurCode), 10, 19);
        Assert.Equal(10, fitting.Breadcrumbs.Count);
        Assert.Contains("frames", fitting.Domain["leftOut"], StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_MuchTooLarge_KeepsTheValuesNextToTheCause()
    {
        var report = Large(ourFrames: 30, libraryFrames: 30, valueLength: 1000, lines: 50);

        var fitting = ReportFitting.Fit(report, Size, 8000);

        Assert.InRange(Size(fitting), 1, 8000);
        Assert.Equal(1000, fitting.Exceptions[0].Frames[0].Locals[0].Value.Length);
        Assert.Empty(fitting.Exceptions[0].Frames[^1].Locals);
        Assert.Equal("no answer", fitting.Exceptions[0].Message);
    }

    [Fact]
    public void Fit_OfAnySize_FitsWithinAFewKilobytes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(
            Gen.Choose(0, 60).Three().SelectMany(counts => Gen.Choose(0, 9000).Select(length => (counts.Item1, counts.Item2, counts.Item3, length))).ToArbitrary(),
            shape => Size(ReportFitting.Fit(Large(shape.Item1, shape.Item2, shape.length, shape.Item3), Size, 6000)) <= 6000));

    private static ReportDocument Large(int ourFrames, int libraryFrames, int valueLength, int lines)
    {
        var frames = Enumerable.Range(0, ourFrames + libraryFrames).Select(n => new ReportedFrame(
            $"Fleet.Step{n}()", "Mayhem.Fleet", "Mayhem.Local", "Fleet.cs", n, n < ourFrames, [], n < ourFrames ? [new ReportedValue("v", "String", new string('x', valueLength))] : []));
        var report = SomeDocument.Of(1);
        return report with
        {
            Exceptions = [report.Exceptions[0] with { Frames = [.. frames] }],
            Breadcrumbs = [.. Enumerable.Range(0, lines).Select(n => new Breadcrumb(report.At, "Information", "Mayhem", $"line {n}"))],
        };
    }

    private static IEnumerable<string> Ours(ReportDocument report) =>
        report.Exceptions[0].Frames.Where(frame => frame.InOurCode).Select(frame => frame.Method + frame.Locals[0].Value);

    private static int Size(ReportDocument report) => ReportJson.Write(report).Length;
}
