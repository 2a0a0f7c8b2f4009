using System.Reflection;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.FailureClasses;

public class When_an_exception_is_wrapped
{
    public static TheoryData<string, Func<Exception>> Wrapped => new()
    {
        { "Fatal:HostNotFoundException", () => new AggregateException(new HostNotFoundException("web-1")) },
        { "Fatal:HostNotFoundException", () => new TargetInvocationException(new AggregateException(new HostNotFoundException("web-1"))) },
        { "Denied", () => new InvalidOperationException("while restarting", new RestartDeniedException("not this one")) },
        { "Fatal:KeyIsGoneException", () => new AggregateException("two", new NotSupportedException("no rule of its own"), new KeyIsGoneException()) },
    };

    [Theory]
    [MemberData(nameof(Wrapped))]
    public async Task The_rule_of_what_is_inside_decides(string reason, Func<Exception> failure)
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", failure);

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(reason, Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Equal(failure().GetType(), Assert.Single(app.Reporter.Reports).Exception.GetType());
    }

    [Fact]
    public async Task One_that_ends_the_process_is_found_wherever_it_hides()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartFailedException(
            "outside", new AggregateException(new TimeoutException("beside it"), new InvalidOperationException("around it", new OutOfMemoryException("inside")))));

        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => !app.Terminator.Reasons.IsEmpty, "the worker is told to end");

        Assert.Equal(["System.OutOfMemoryException"], app.Terminator.Reasons);
    }

    [Fact]
    public async Task The_delay_is_read_from_the_one_inside()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new AggregateException(new RestartThrottledException("too many", TimeSpan.FromSeconds(77))));
        var began = app.Time.GetUtcNow();

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(began + TimeSpan.FromSeconds(77), Assert.Single(app.Messages()).Content.ScheduledFor);
    }

    /// <summary>Has no rule of its own; its base type has.</summary>
    private sealed class KeyIsGoneException : UnauthorizedAccessException;
}
