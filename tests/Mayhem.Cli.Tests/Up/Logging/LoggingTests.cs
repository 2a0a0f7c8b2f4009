using Mayhem.Cli.Up.Logging;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Tests.Up.Logging;

public sealed class LoggingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Log_Warning_IsInTheFileAndOnTheBoard()
    {
        var notices = new NoticeBoard();
        using (var file = new LogFile(folder["log"]))
        using (var provider = new RunLoggerProvider(file, notices, clock))
        {
            provider.CreateLogger("Some.Category").Log(LogLevel.Warning, new InvalidOperationException("broken"), "It is\n{What}", "odd");
            provider.CreateLogger("Some.Category").Log(LogLevel.Information, "All is well");
        }

        var text = File.ReadAllText(folder["log"]);
        Assert.StartsWith("2026-11-20T12:00:00.000Z Warning     Some.Category: It is", text, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: broken", text, StringComparison.Ordinal);
        Assert.Contains("All is well", text, StringComparison.Ordinal);
        Assert.Equal("It is odd", Assert.Single(notices.Latest()).Text);
    }

    [Fact]
    public void Log_ControlCharacters_DoNotReachTheTerminal()
    {
        var notices = new NoticeBoard();
        using (var file = new LogFile(folder["log"]))
        using (var provider = new RunLoggerProvider(file, notices, clock))
            provider.CreateLogger("Some.Category").Log(LogLevel.Warning, "clears \e[2J the screen");

        Assert.Equal("clears \uFFFD[2J the screen", Assert.Single(notices.Latest()).Text);
    }

    [Fact]
    public void Log_ReportOfAFailureToldBefore_IsInTheFileOnly()
    {
        var notices = new NoticeBoard();
        using (var file = new LogFile(folder["log"]))
        using (var provider = new RunLoggerProvider(file, notices, clock))
            provider.CreateLogger("Some.Category").Log(LogLevel.Error, new EventId(5000), "The whole report");

        Assert.Contains("The whole report", File.ReadAllText(folder["log"]), StringComparison.Ordinal);
        Assert.Empty(notices.Latest());
    }

    [Fact]
    public void Log_ADeadLetter_IsANotice_ThoughItsErrorIsTheReport()
    {
        var notices = new NoticeBoard();
        using (var file = new LogFile(folder["log"]))
        using (var provider = new RunLoggerProvider(file, notices, clock))
            provider.CreateLogger("Some.Category").Log(LogLevel.Information, new EventId(1003), "Message a: dead-letter as Poison.");

        Assert.Equal(LogLevel.Error, Assert.Single(notices.Latest()).Level);
    }

    [Fact]
    public void Write_FileGrownTooLarge_IsPutAside()
    {
        using (var file = new LogFile(folder["log"], maxLength: 100))
        {
            file.Write(clock.GetUtcNow(), LogLevel.Information, "c", new string('a', 100), exception: null);
            file.Write(clock.GetUtcNow(), LogLevel.Information, "c", "b", exception: null);
        }

        Assert.Contains("aaa", File.ReadAllText(folder["log.1"]), StringComparison.Ordinal);
        Assert.DoesNotContain("aaa", File.ReadAllText(folder["log"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_FullDisk_FailsNobodyAndIsToldOnce()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var notices = new NoticeBoard();
        using var file = new LogFile("/dev/full");
        using var provider = new RunLoggerProvider(file, notices, clock);
        provider.CreateLogger("c").Log(LogLevel.Information, "one");
        provider.CreateLogger("c").Log(LogLevel.Information, "two");

        Assert.StartsWith("The log cannot be written: ", Assert.Single(notices.Latest()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Construction_NoFile_SaysWhy() =>
        Assert.StartsWith("The log cannot be opened: ", Assert.Throws<UsageException>(() => new LogFile(folder["no-folder/log"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_AfterDispose_IsDropped()
    {
        var file = new LogFile(folder["log"]);
        file.Dispose();

        file.Write(clock.GetUtcNow(), LogLevel.Information, "c", "late", exception: null);

        Assert.Empty(File.ReadAllText(folder["log"]));
    }

    [Fact]
    public void Since_MoreThanIsKept_TellsHowManyThereWere()
    {
        var notices = new NoticeBoard(capacity: 2);
        foreach (var text in (string[])["a", "b", "c"])
            notices.Add(new Notice(clock.GetUtcNow(), LogLevel.Warning, text));

        var (fresh, total) = notices.Since(0);
        Assert.Equal(["b", "c"], fresh.Select(notice => notice.Text));
        Assert.Equal(3, total);
        Assert.Empty(notices.Since(total).Notices);
    }

    public void Dispose() => folder.Dispose();
}
