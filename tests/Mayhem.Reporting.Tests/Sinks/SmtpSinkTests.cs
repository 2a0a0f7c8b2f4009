using System.Net.Mail;
using Mayhem.Reporting.Sinks;
using Mayhem.Reporting.Sinks.Smtp;
using Mayhem.Reporting.Tests.Doubles;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Sinks;

public sealed class SmtpSinkTests
{
    private readonly List<string> mails = [];

    [Fact]
    public async Task SendAsync_AReport_IsOneMailToEverybody()
    {
        using var server = LocalServer.Smtp(mails.Add);

        await Sink(server.Port).SendAsync(SomeDocument.Of(1), CancellationToken.None);

        var mail = Assert.Single(mails);
        Assert.Contains("Subject: [mayhem] Dead-lettered web-3: TimeoutException: no answer", mail.ReplaceLineEndings("").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"<{SomeDocument.Id(1)}@mayhem>", mail, StringComparison.Ordinal);
        Assert.Contains("mayhem@example.net", mail, StringComparison.Ordinal);
        Assert.Contains("a@example.net, b@example.net", mail, StringComparison.Ordinal);
        Assert.Contains("the whole report", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_AMessageOfSeveralLines_CannotBreakTheSubject()
    {
        using var server = LocalServer.Smtp(mails.Add);

        await Sink(server.Port).SendAsync(SomeDocument.Of(1, message: "no answer\r\nBcc: everybody@example.net"), CancellationToken.None);

        Assert.DoesNotContain("\nBcc:", Assert.Single(mails), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_TheServerRefusesTheRecipient_Throws()
    {
        using var server = LocalServer.Smtp(mails.Add, "550 nobody here");

        await Assert.ThrowsAnyAsync<SmtpException>(() => Sink(server.Port).SendAsync(SomeDocument.Of(1), CancellationToken.None));
    }

    [Fact]
    public async Task SendAsync_TheServerHangs_EndsWithTheToken()
    {
        using var server = new LocalServer((_, closing) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing));
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        await Assert.ThrowsAnyAsync<Exception>(() => Sink(server.Port).SendAsync(SomeDocument.Of(1), limit.Token).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));

        Assert.True(limit.IsCancellationRequested);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_Throws() =>
        await Assert.ThrowsAnyAsync<SmtpException>(() => Sink(LocalHttpServer.FreePort()).SendAsync(SomeDocument.Of(1), CancellationToken.None));

    [Fact]
    public void Passes_TheSameFingerprintWithinTheInterval_IsHeldBack()
    {
        var clock = new ManualTimeProvider();
        var interval = new OncePerInterval(TimeSpan.FromMinutes(15), clock);

        Assert.True(interval.Passes("one"));
        Assert.True(interval.Passes("other"));
        clock.Advance(TimeSpan.FromMinutes(14));
        Assert.False(interval.Passes("one"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(interval.Passes("one"));
    }

    [Fact]
    public void Problems_WhatDoesNotFit_IsNamed_WithoutThePassword()
    {
        var options = new SmtpOptions { Host = "mail", Port = 0, From = "nobody", To = "a@example.net, b", User = "u", Password = "s3cret", Tls = false, Kinds = "Final, Odd" };

        var problems = options.Problems().ToList();

        Assert.Equal(["Port", "From", "To", "Tls", "Kinds"], problems.Select(problem => problem.Split(' ')[0]));
        Assert.DoesNotContain(problems, problem => problem.Contains("s3cret", StringComparison.Ordinal));
    }

    private static SmtpSink Sink(int port) =>
        new(new SmtpOptions { Host = "127.0.0.1", Port = port, Tls = false, From = "mayhem@example.net", To = "a@example.net, b@example.net" }, _ => "the whole report");
}
