using System.Globalization;

namespace Mayhem.Model.Histories;

/// <summary>What a message is like.</summary>
public enum Sort
{
    /// <summary>A request, under its own id.</summary>
    Plain,

    /// <summary>The request again, under another id: the broker cannot know.</summary>
    Again,

    /// <summary>It lives for two minutes.</summary>
    Brief,

    /// <summary>It must not be carried out after half a minute.</summary>
    Urgent,

    /// <summary>Its body is no request.</summary>
    Poison,

    /// <summary>The process dies when it restarts the host.</summary>
    Deadly,
}

/// <summary>One step of a history. A step that makes no sense where it stands does nothing, so that every history can be run.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>Sends a message about one of three requests.</summary>
    public sealed record SendStep(int Request, Sort Sort) : Step;

    /// <summary>Receives a message and starts the function.</summary>
    public sealed record ReceiveStep : Step;

    /// <summary>Receives a message ahead: nobody renews its lock.</summary>
    public sealed record PrefetchStep : Step;

    /// <summary>Starts the function for the message received ahead.</summary>
    public sealed record StartStep : Step;

    /// <summary>Arms a fault for the next call of a kind.</summary>
    public sealed record NextStep(Call Call, Fault Fault) : Step;

    /// <summary>Lets one of the calls that hang go on.</summary>
    public sealed record ResumeStep(int Which) : Step;

    /// <summary>Lets time pass.</summary>
    public sealed record PassStep(double Seconds) : Step;

    /// <summary>Lets time pass while the renewal of locks stands still, as in a process that the system has paused.</summary>
    public sealed record StallStep(double Seconds) : Step;

    /// <summary>Sets the wall clock.</summary>
    public sealed record JumpStep(double Seconds) : Step;

    /// <summary>Kills the worker, or the broker with it, and starts anew.</summary>
    public sealed record CrashStep(bool Machine) : Step;

    /// <summary>Asks the worker to stop.</summary>
    public sealed record DrainStep : Step;

    /// <summary>Cancels one of the invocations that run.</summary>
    public sealed record CancelStep(int Which) : Step;

    /// <summary>The disk of the ledger refuses everything until the worker is started anew.</summary>
    public sealed record FillDiskStep : Step;

    /// <summary>As a regression writes it.</summary>
    public sealed override string ToString() => this switch
    {
        SendStep send => send.Sort == Sort.Plain ? $"Send({send.Request})" : $"Send({send.Request}, {send.Sort})",
        NextStep next => $"Next({next.Call}, {next.Fault})",
        ResumeStep resume => $"Resume({resume.Which})",
        PassStep pass => string.Create(CultureInfo.InvariantCulture, $"Pass({pass.Seconds})"),
        StallStep stall => string.Create(CultureInfo.InvariantCulture, $"Stall({stall.Seconds})"),
        JumpStep jump => string.Create(CultureInfo.InvariantCulture, $"Jump({jump.Seconds})"),
        CrashStep crash => crash.Machine ? "CrashMachine" : "Crash",
        CancelStep cancel => $"Cancel({cancel.Which})",
        _ => GetType().Name[..^"Step".Length],
    };
}

/// <summary>Histories in words.</summary>
public static class Steps
{
    public static Step Receive { get; } = new Step.ReceiveStep();

    public static Step Prefetch { get; } = new Step.PrefetchStep();

    public static Step Start { get; } = new Step.StartStep();

    public static Step Drain { get; } = new Step.DrainStep();

    public static Step Crash { get; } = new Step.CrashStep(Machine: false);

    public static Step CrashMachine { get; } = new Step.CrashStep(Machine: true);

    public static Step FillDisk { get; } = new Step.FillDiskStep();

    public static Fault Hangs { get; } = new(FaultKind.Hang, Afterwards: false);

    public static Fault HangsAfterwards { get; } = new(FaultKind.Hang, Afterwards: true);

    public static Fault Dies { get; } = new(FaultKind.Die, Afterwards: false);

    public static Fault DiesAfterwards { get; } = new(FaultKind.Die, Afterwards: true);

    public static Step Send(int request, Sort sort = Sort.Plain) => new Step.SendStep(request, sort);

    public static Step Next(Call call, Fault fault) => new Step.NextStep(call, fault);

    public static Fault Fails(Flaw flaw = Flaw.Broken) => new(FaultKind.Fail, Afterwards: false, flaw);

    public static Fault FailsAfterwards(Flaw flaw = Flaw.Broken) => new(FaultKind.Fail, Afterwards: true, flaw);

    public static Step Resume(int which = 0) => new Step.ResumeStep(which);

    public static Step Pass(double seconds) => new Step.PassStep(seconds);

    public static Step Stall(double seconds) => new Step.StallStep(seconds);

    public static Step Jump(double seconds) => new Step.JumpStep(seconds);

    public static Step Cancel(int which = 0) => new Step.CancelStep(which);
}
