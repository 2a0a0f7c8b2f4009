using Mayhem.Failures;
using Mayhem.Restarts;
using Mayhem.Targets.Inventory;
using Mayhem.Targets.Tests.Doubles;
using static Mayhem.Targets.Tests.Doubles.ArmBench;

namespace Mayhem.Targets.Tests.Arm;

/// <summary>A test for each row of the table "Signal on issue".</summary>
public sealed class IssueTableTests : AzureTests
{
    [Fact]
    public async Task Issue_Accepted_KeepsTheUrlOfTheOperation()
    {
        var issued = await Azure.Target.IssueAsync(Order(), default);

        Assert.Equal(new IssuedRestart(OperationUrl), issued);
        var post = Assert.Single(Azure.Server.Requests);
        Assert.StartsWith($"/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web-7/restart?", post.Path, StringComparison.Ordinal);
        Assert.Equal("r-1:1", post.Headers["x-ms-client-request-id"]);
    }

    [Fact]
    public async Task Issue_OfAScaleSetsInstance_Accepted_KeepsTheUrlOfTheOperation()
    {
        await using var set = new ArmBench(TargetKind.AzureVmssInstance);

        Assert.Equal(new IssuedRestart(OperationUrl), await set.Target.IssueAsync(Order(), default));
        Assert.Contains("/virtualMachineScaleSets/web/virtualMachines/7/restart?", Assert.Single(set.Server.Requests).Path, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Issue_400_IsFatal() => await IsAsync<RestartRefusedException>(FailureClass.Fatal, Error(400, "InvalidParameter"));

    [Theory]
    [InlineData("web-..")]
    [InlineData("web-")]
    [InlineData("db-1")]
    public async Task Issue_MalformedId_IsPoison(string host)
    {
        await using var set = new ArmBench(TargetKind.AzureVmssInstance);

        var failure = await Assert.ThrowsAsync<MalformedHostException>(() => set.Target.IssueAsync(Order(host), default));

        Assert.Equal((FailureClass.Fatal, "Poison"), (RuleOf(failure).Class, RuleOf(failure).DeadLetterReason));
        Assert.Empty(set.Server.Requests);
    }

    [Fact]
    public async Task Issue_404_IsFatalAfterOneRecheck()
    {
        Azure.OnLook = _ => Error(404, "ResourceNotFound");

        await IsAsync<HostNotFoundException>(FailureClass.Fatal, Error(404, "ResourceNotFound"));

        Assert.Equal(1, Azure.Server.Count("GET"));
    }

    [Fact]
    public async Task Issue_404_ButTheRecheckFindsTheMachine_IsTransient() => await IsAsync<RestartFailedException>(FailureClass.Transient, Error(404, "ResourceNotFound"));

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    public async Task Issue_404_AndTheRecheckDoesNotTell_IsTransient(int status)
    {
        Azure.OnLook = _ => Error(status, "Unclear");

        await IsAsync<RestartFailedException>(FailureClass.Transient, Error(404, "ResourceNotFound"));
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken")]
    [InlineData(403, "AuthorizationFailed")]
    public async Task Issue_401Or403_IsFatal(int status, string code) => await IsAsync<RestartRefusedException>(FailureClass.Fatal, Error(status, code));

    [Theory]
    [InlineData("deallocated")]
    [InlineData("stopped")]
    public async Task Issue_409OperationNotAllowed_VmNotRunning_IsFatal(string power)
    {
        Azure.OnLook = _ => View(power: power);

        var failure = await IsAsync<RestartRefusedException>(FailureClass.Fatal, Error(409, "OperationNotAllowed", "Cannot be restarted."));

        Assert.Contains(power, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_409OperationNotAllowed_VmRunning_IsTransient() =>
        await IsAsync<RestartFailedException>(FailureClass.Transient, Error(409, "OperationNotAllowed", "Another operation is in progress."));

    [Fact]
    public async Task Issue_409OperationNotAllowed_StateUnreadable_IsTransient()
    {
        Azure.OnLook = _ => Error(500, "InternalServerError");

        await IsAsync<RestartFailedException>(FailureClass.Transient, Error(409, "OperationNotAllowed"));
    }

    [Fact]
    public async Task Issue_409WithAQuotaMessage_IsTransient()
    {
        Azure.OnLook = _ => View(power: "deallocated");

        await IsAsync<RestartFailedException>(FailureClass.Transient, Error(409, "OperationNotAllowed", "Operation could not be completed as it results in exceeding approved Quota."));

        Assert.Equal(0, Azure.Server.Count("GET"));
    }

    [Fact]
    public async Task Issue_409ScopeLocked_IsDenied()
    {
        var failure = await IsAsync<RestartDeniedException>(FailureClass.Fatal, Error(409, "ScopeLocked", "The scope is locked."));

        Assert.Equal("Denied", RuleOf(failure).DeadLetterReason);
    }

    [Fact]
    public async Task Issue_409Other_IsTransient() => await IsAsync<RestartFailedException>(FailureClass.Transient, Error(409, "AnotherOperationInProgress"));

    [Fact]
    public async Task Issue_409Other_HonoursRetryAfter()
    {
        var failure = await IsAsync<RestartFailedException>(FailureClass.Transient, Error(409, "Conflict", "No.", ("Retry-After", "47")));

        Assert.Equal(TimeSpan.FromSeconds(47), RuleOf(failure).Delay!.Next(failure, 1, HurryingTimeProvider.Start, 0.5));
    }

    [Fact]
    public async Task Issue_429WithRetryAfter_IsThrottled_AndIsNotWaitedForInTheSdk()
    {
        var failure = await IsAsync<RestartThrottledException>(FailureClass.Throttled, Error(429, "TooManyRequests", "No.", ("Retry-After", "120")));

        Assert.Equal(TimeSpan.FromMinutes(2), failure.RetryAfter);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Issue_5xx_IsAmbiguous(int status) => await IsAsync<AmbiguousRestartException>(FailureClass.Transient, Error(status, "ServiceUnavailable", "No.", ("Retry-After", "1")));

    [Fact]
    public async Task Issue_SocketCutAfterThePost_IsAmbiguous() => await IsAsync<AmbiguousRestartException>(FailureClass.Transient, reply: null);

    [Fact]
    public async Task Issue_SocketCutAfterThePost_OnAConnectionKeptAlive_IsNotSentAgainByTheRuntime()
    {
        await Azure.Target.IssueAsync(Order(), default);

        await IsAsync<AmbiguousRestartException>(FailureClass.Transient, reply: null, posts: 2);
    }

    private async Task<T> IsAsync<T>(FailureClass failureClass, Reply? reply, int posts = 1)
        where T : Exception
    {
        Azure.OnPost = _ => reply;
        var failure = await Assert.ThrowsAsync<T>(() => Azure.Target.IssueAsync(Order(), default));
        Assert.Equal(failureClass, RuleOf(failure).Class);
        Assert.Equal(posts, Azure.Posts);
        Assert.Equal(TimeSpan.Zero, Azure.Time.Waited);
        return failure;
    }
}
