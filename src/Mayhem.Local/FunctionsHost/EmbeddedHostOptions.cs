using System.Reflection;
using Azure.Messaging.ServiceBus;
using Mayhem.Local.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>What an embedded host runs, and on what.</summary>
public sealed class EmbeddedHostOptions
{
    /// <summary>Where the functions are: its public methods with <c>[Function]</c> and a <c>[ServiceBusTrigger]</c> parameter.</summary>
    public required Assembly FunctionsAssembly { get; init; }

    /// <summary>Which classes of the assembly take part; all by default.</summary>
    public Func<Type, bool> Includes { get; init; } = static _ => true;

    /// <summary>Where <c>host.json</c> lies.</summary>
    public required string HostJsonPath { get; init; }

    /// <summary>What messages are received from, whatever the triggers' <c>Connection</c> says. The app finds it among its services. It stays the caller's to dispose of.</summary>
    public required ServiceBusClient Client { get; init; }

    /// <summary>Makes what a function settles its message with, from the receiver that the message came from.</summary>
    public required Func<ServiceBusReceiver, ServiceBusMessageActions> MessageActions { get; init; }

    /// <summary>Makes what a function acts on its message's session with, from the session's receiver. Releasing the session is the host's.</summary>
    public Func<ServiceBusSessionReceiver, ServiceBusSessionMessageActions> SessionActions { get; init; } = static session => new EmbeddedSessionActions(session);

    /// <summary>The clock of time-outs and lock renewal. The app gets the same one, unless it registers its own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long a stop waits for invocations that are still running when the worker has stopped; 1 second by default. What runs on after that is cut off, as it would be by the end of a process.</summary>
    public TimeSpan ExitTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Adds log providers; none by default. Levels come from <c>host.json</c>.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
