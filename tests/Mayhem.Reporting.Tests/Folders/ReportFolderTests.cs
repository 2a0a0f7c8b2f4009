using System.Text.Json;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Tests.Doubles;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Folders;

public sealed class ReportFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Add_AReport_IsAFileOfItsId_WithNothingBeside()
    {
        var reports = Open();

        reports.Add(SomeDocument.Of(1));

        Assert.Equal([SomeDocument.Id(1) + ".json"], Directory.GetFiles(folder["reports"]).Select(Path.GetFileName));
        Assert.Equal("no answer", reports.Read(SomeDocument.Id(1)).Exceptions[0].Message);
    }

    [Fact]
    public void Add_MoreThanTheCount_DropsTheOldest_AndCounts()
    {
        var reports = Open(maxReports: 3);

        for (var n = 1; n <= 5; n++)
            reports.Add(SomeDocument.Of(n));

        Assert.Equal([SomeDocument.Id(3), SomeDocument.Id(4), SomeDocument.Id(5)], reports.Ids());
        Assert.Equal(2, reports.Dropped);
        Assert.Equal(3, reports.Count);
    }

    [Fact]
    public void Add_MoreThanTheBytes_DropsTheOldest()
    {
        var reports = Open(maxBytes: 10_000);

        for (var n = 1; n <= 5; n++)
            reports.Add(SomeDocument.Of(n, message: new string('x', 3000)));

        Assert.InRange(reports.Bytes, 1, 10_000);
        Assert.Equal(Directory.GetFiles(folder["reports"]).Sum(file => new FileInfo(file).Length), reports.Bytes);
        Assert.Equal(SomeDocument.Id(5), reports.Ids()[^1]);
        Assert.Equal(5, reports.Count + reports.Dropped);
    }

    [Fact]
    public void Add_LargerThanTheFolder_IsDropped_AndTheOthersStay()
    {
        var reports = Open(maxBytes: 4000);
        reports.Add(SomeDocument.Of(1));

        reports.Add(SomeDocument.Of(2, message: new string('x', 5000)));

        Assert.Equal([SomeDocument.Id(1)], reports.Ids());
        Assert.Equal(1, reports.Dropped);
    }

    [Fact]
    public void Add_TheSameReportAgain_ReplacesIt()
    {
        var reports = Open();

        reports.Add(SomeDocument.Of(1));
        reports.Add(SomeDocument.Of(1, message: "longer than before"));

        Assert.Equal(1, reports.Count);
        Assert.Equal(new FileInfo(Directory.GetFiles(folder["reports"]).Single()).Length, reports.Bytes);
    }

    [Fact]
    public void Add_AnIdThatLeadsOutOfTheFolder_IsRejected() =>
        Assert.Throws<ArgumentException>(() => Open().Add(SomeDocument.Of(1) with { Id = "../1" }));

    [Fact]
    public void Add_TheFolderWasTidiedAway_MakesItAgain()
    {
        var reports = Open();
        Directory.Delete(folder["reports"], recursive: true);

        reports.Add(SomeDocument.Of(1));

        Assert.Single(reports.Ids());
    }

    [Fact]
    public void Add_NothingCanBeWritten_Throws_AndLeavesNothingBehind()
    {
        var reports = Open();
        Directory.CreateDirectory(Path.Combine(folder["reports"], SomeDocument.Id(1) + ".json", "in the way"));

        Assert.ThrowsAny<Exception>(() => reports.Add(SomeDocument.Of(1)));

        Assert.Empty(Directory.GetFiles(folder["reports"]));
        Assert.Equal(0, reports.Count);
    }

    [Fact]
    public void Open_WhatADeadProcessHasHalfWritten_IsClearedAway_AndWhatALivingOneWritesStays()
    {
        Directory.CreateDirectory(folder["reports"]);
        File.WriteAllText(Path.Combine(folder["reports"], ".writing-2147483646-1"), "half");
        var mine = Path.Combine(folder["reports"], $".writing-{Environment.ProcessId}-1");
        File.WriteAllText(mine, "half");

        Open();

        Assert.Equal([mine], Directory.GetFiles(folder["reports"]));
    }

    [Fact]
    public void Open_ReportsOfEarlierProcesses_AreThere_AndCountForTheBounds()
    {
        var before = Open();
        before.Add(SomeDocument.Of(1));
        before.Add(SomeDocument.Of(2));

        var reports = Open(maxReports: 2);
        reports.Add(SomeDocument.Of(3));

        Assert.Equal([SomeDocument.Id(2), SomeDocument.Id(3)], reports.Ids());
    }

    [Fact]
    public void Add_AnotherProcessFillsTheFolder_TheBoundIsHeldBeforeLong()
    {
        var mine = Open(maxReports: 10);
        var others = Open();
        for (var n = 1; n <= 50; n++)
            others.Add(SomeDocument.Of(n));

        for (var n = 51; n <= 90; n++)
            mine.Add(SomeDocument.Of(n));

        Assert.Equal(Enumerable.Range(81, 10).Select(SomeDocument.Id), mine.Ids());
    }

    [Fact]
    public void Remove_WhatAnotherProcessRemovedBefore_IsFine()
    {
        var reports = Open();
        reports.Add(SomeDocument.Of(1));
        Open().Remove(SomeDocument.Id(1));

        reports.Remove(SomeDocument.Id(1));

        Assert.Equal(0, reports.Count);
    }

    [Fact]
    public void Read_NoReport_Throws()
    {
        var reports = Open();
        File.WriteAllText(Path.Combine(folder["reports"], SomeDocument.Id(1) + ".json"), "{ half a rep");

        Assert.Throws<JsonException>(() => reports.Read(SomeDocument.Id(1)));
    }

    [Fact]
    public void Open_OnUnix_IsForThisUserAlone()
    {
        Open();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["reports"]));
    }

    public void Dispose() => folder.Dispose();

    private ReportFolder Open(int maxReports = 1000, long maxBytes = 1_000_000) =>
        new(new ReportFolderOptions(folder["reports"]) { MaxReports = maxReports, MaxBytes = maxBytes });
}
