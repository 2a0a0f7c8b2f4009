using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Restarts;

public class DryRunTargetTests
{
    private readonly RestartOrder order = new(new RestartRequest { RequestId = "r-1", Host = "cattle-0001", Requester = "me" }, 2, Some.Now);

    [Fact]
    public async Task IssueAsync_AnyOrder_IsAcceptedAsADryRunThatNamesIt()
    {
        var target = new DryRunTarget();

        var issued = await target.IssueAsync(order, CancellationToken.None);
        await target.WatchAsync(order, issued, CancellationToken.None);

        Assert.Equal(new IssuedRestart("dry-run:r-1:2", DryRun: true), issued);
    }

    [Fact]
    public async Task FindIssuedAsync_AfterACrash_FindsNothing() =>
        Assert.Null(await new DryRunTarget().FindIssuedAsync(order, CancellationToken.None));
}
