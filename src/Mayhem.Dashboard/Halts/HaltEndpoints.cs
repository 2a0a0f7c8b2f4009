using System.Text.Json;
using Mayhem.Dashboard.Server;
using Mayhem.Guards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.Halts;

/// <summary>The kill switch, for the page. Who and why go on record with it.</summary>
internal sealed class HaltEndpoints(IHaltSwitch? killSwitch, IGuardAudit? audit)
{
    private const int MostText = 1024;
    private const int MostRefusals = 100;

    /// <summary>Adds them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/halt", TellAsync);
        routes.MapPost("/api/halt", context => SwitchAsync(context, needsReason: true, (ledger, call) => ledger.HaltAsync(call.Why, call.By, context.RequestAborted)));
        routes.MapPost("/api/resume", context => SwitchAsync(
            context, needsReason: false, async (ledger, call) => await ledger.ResumeAsync(call.Why.Length > 0 ? $"{call.By} ({call.Why})" : call.By, context.RequestAborted)));
    }

    private async Task TellAsync(HttpContext context)
    {
        if (killSwitch is null || audit is null)
        {
            await context.JsonAsync(new HaltState(IsKnown: false, null, [], []), DashboardJson.Default.HaltState);
            return;
        }

        var refusals = await audit.ListRefusalsAsync(context.RequestAborted).ToListAsync(context.RequestAborted);
        await context.JsonAsync(
            new HaltState(
                IsKnown: true, await killSwitch.FindHaltAsync(context.RequestAborted), [.. (await killSwitch.ListSwitchingsAsync(context.RequestAborted)).Reverse()],
                [.. refusals.OrderByDescending(refusal => refusal.LastAt).Take(MostRefusals).Select(RefusalRow.Of)]),
            DashboardJson.Default.HaltState);
    }

    private async Task SwitchAsync(HttpContext context, bool needsReason, Func<IHaltSwitch, HaltCall, ValueTask> work)
    {
        if (killSwitch is null)
        {
            await context.ProblemAsync(StatusCodes.Status409Conflict, "The ledger, where the kill switch is, cannot be reached from here. Use: mayhem halt, mayhem resume.");
            return;
        }

        if (await ReadAsync(context) is not { } call || !IsUsable(call, needsReason))
        {
            await context.ProblemAsync(StatusCodes.Status400BadRequest, "Say who you are and why, in at most 1024 characters each: it goes on record.");
            return;
        }

        await work(killSwitch, call with { By = call.By.Trim(), Why = call.Why.Trim() });
        await TellAsync(context);
    }

    private static async Task<HaltCall?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, DashboardJson.Default.HaltCall, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsUsable(HaltCall call, bool needsReason) =>
        call is { By.Length: <= MostText, Why.Length: <= MostText } && !string.IsNullOrWhiteSpace(call.By) && !(needsReason && string.IsNullOrWhiteSpace(call.Why));
}

/// <summary>Who uses the switch, and why.</summary>
internal sealed record HaltCall(string By = "", string Why = "");

/// <summary>How the kill switch stands, and what guards said no to.</summary>
/// <param name="IsKnown">False if the ledger cannot be reached from here.</param>
/// <param name="Halt">The halt in force; null while restarts go ahead.</param>
/// <param name="Switchings">What was switched, the latest first.</param>
/// <param name="Refusals">The latest refusals of guards.</param>
internal sealed record HaltState(bool IsKnown, Halt? Halt, IReadOnlyList<Switching> Switchings, IReadOnlyList<RefusalRow> Refusals);

/// <summary>A guard's no to one request.</summary>
internal sealed record RefusalRow(string RequestId, string Host, string? Group, string Requester, Guard Guard, string Rule, string Why, DateTimeOffset? PassesAt, string Outcome, DateTimeOffset LastAt, int Count)
{
    /// <summary>Takes from a record what is shown.</summary>
    public static RefusalRow Of(RefusalRecord record) => new(
        record.Last.RequestId, record.Last.Host, record.Last.Group.Length > 0 ? record.Last.Group : null, record.Last.Requester, record.Last.Decision.Guard, record.Last.Decision.Rule,
        record.Last.Decision.Why, record.Last.Decision.PassesAt, record.Last.Outcome, record.LastAt, record.Count);
}
