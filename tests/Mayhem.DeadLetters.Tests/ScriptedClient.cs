using Azure.Messaging.ServiceBus;

namespace Mayhem.DeadLetters.Tests;

/// <summary>A client around another, with something in the way of each sending and each removal.</summary>
internal sealed class ScriptedClient(ServiceBusClient inner) : ServiceBusClient
{
    private int sends;

    public Func<ServiceBusMessage, Task> BeforeSend { get; init; } = _ => Task.CompletedTask;

    public Func<Task> AfterSend { get; init; } = () => Task.CompletedTask;

    public Func<Task> BeforeComplete { get; init; } = () => Task.CompletedTask;

    public Func<Task> AfterComplete { get; init; } = () => Task.CompletedTask;

    public int Sends => sends;

    public override string FullyQualifiedNamespace => inner.FullyQualifiedNamespace;

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(this, inner.CreateSender(queueOrTopicName));

    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) => new Receiver(this, inner.CreateReceiver(queueName, options));

    private sealed class Sender(ScriptedClient script, ServiceBusSender inner) : ServiceBusSender
    {
        public override async Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
        {
            await script.BeforeSend(message);
            await inner.SendMessageAsync(message, cancellationToken);
            Interlocked.Increment(ref script.sends);
            await script.AfterSend();
        }

        public override Task CloseAsync(CancellationToken cancellationToken = default) => inner.CloseAsync(cancellationToken);
    }

    private sealed class Receiver(ScriptedClient script, ServiceBusReceiver inner) : ServiceBusReceiver
    {
        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
            inner.PeekMessagesAsync(maxMessages, fromSequenceNumber, cancellationToken);

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
            inner.ReceiveMessagesAsync(maxMessages, maxWaitTime, cancellationToken);

        public override async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            await script.BeforeComplete();
            await inner.CompleteMessageAsync(message, cancellationToken);
            await script.AfterComplete();
        }

        public override Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
            inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

        public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => inner.RenewMessageLockAsync(message, cancellationToken);

        public override Task CloseAsync(CancellationToken cancellationToken = default) => inner.CloseAsync(cancellationToken);
    }
}
