using Mayhem.FrameCapture.Weaver.Selection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>
/// Makes the state machines of async methods structs, as a compiler that optimises does: a method that need not wait then allocates none. One that is used in a way that is not known
/// here stays a class.
/// </summary>
internal static class StructMachines
{
    public static void MakeAll(ModuleDefinition module)
    {
        foreach (var type in module.GetTypes().Where(IsMachineAlone).ToArray())
        {
            if (StateMachine.Of(type) is { Written: { HasBody: true } starting })
                TryMake(type, starting, type.Methods.Single(method => method.Name == "MoveNext"));
        }
    }

    // That of an async iterator is the enumerable as well.
    private static bool IsMachineAlone(TypeDefinition type) =>
        type.BaseType?.FullName == "System.Object" && type.Interfaces is [{ InterfaceType.Name: "IAsyncStateMachine" }] && type.Methods.Any(method => method.IsConstructor);

    private static void TryMake(TypeDefinition type, MethodDefinition starting, MethodDefinition resuming)
    {
        starting.Body.SimplifyMacros();
        resuming.Body.SimplifyMacros();
        if (IsMadeAndFilled(starting.Body, type) && PassesItselfOn(resuming.Body, type))
        {
            type.BaseType = new TypeReference("System", nameof(ValueType), type.Module, type.Module.TypeSystem.CoreLibrary);
            LeaveEmpty(type.Methods.Single(method => method.IsConstructor));
            MakeInPlace(starting.Body, type);
            PassOwnAddressOn(resuming.Body, type);
            MarkAsValue(starting.Body, type);
            MarkAsValue(resuming.Body, type);
        }

        starting.Body.OptimizeMacros();
        resuming.Body.OptimizeMacros();
    }

    // The method that was written makes one machine, keeps it in a variable, fills and starts it.
    private static bool IsMadeAndFilled(MethodBody body, TypeDefinition type) =>
        body.Variables.Count(variable => Is(variable.VariableType, type)) == 1
        && body.Instructions.Count(instruction => IsOf(instruction, OpCodes.Stloc, type)) == 1
        && body.Instructions.Where(instruction => Makes(instruction, type)).ToArray() is [var making] && IsOf(making.Next, OpCodes.Stloc, type);

    private static void MakeInPlace(MethodBody body, TypeDefinition type)
    {
        foreach (var instruction in body.Instructions)
        {
            if (IsOf(instruction, OpCodes.Ldloc, type))
                instruction.OpCode = OpCodes.Ldloca;
            if (!Makes(instruction, type))
                continue;
            var machine = (VariableDefinition)instruction.Next.Operand;
            (instruction.OpCode, instruction.Operand) = (OpCodes.Ldloca, machine);
            (instruction.Next.OpCode, instruction.Next.Operand) = (OpCodes.Initobj, machine.VariableType);
        }
    }

    // When it has to wait, the machine copies the reference to itself, to pass on where the copy is.
    private static bool PassesItselfOn(MethodBody body, TypeDefinition type) => body.Instructions.All(instruction =>
        !IsOf(instruction, OpCodes.Ldloc, type) && (!IsOf(instruction, OpCodes.Stloc, type) || (instruction.Previous.OpCode == OpCodes.Ldarg && instruction.Previous.Operand == body.ThisParameter)));

    private static void PassOwnAddressOn(MethodBody body, TypeDefinition type)
    {
        foreach (var instruction in body.Instructions)
        {
            if (IsOf(instruction, OpCodes.Ldloca, type))
            {
                (instruction.OpCode, instruction.Operand) = (OpCodes.Ldarg, body.ThisParameter);
            }
            else if (IsOf(instruction, OpCodes.Stloc, type))
            {
                (instruction.Previous.OpCode, instruction.Previous.Operand) = (OpCodes.Nop, null);
                (instruction.OpCode, instruction.Operand) = (OpCodes.Nop, null);
            }
        }

        foreach (var copy in body.Variables.Where(variable => Is(variable.VariableType, type)))
            copy.VariableType = type.Module.TypeSystem.Object;
    }

    private static void LeaveEmpty(MethodDefinition constructor)
    {
        constructor.Body.Instructions.Clear();
        constructor.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
    }

    // References to a generic machine say for themselves whether it is a class.
    private static void MarkAsValue(MethodBody body, TypeDefinition type)
    {
        foreach (var variable in body.Variables)
            MarkAsValue(variable.VariableType, type);
        foreach (var operand in body.Instructions.Select(instruction => instruction.Operand))
        {
            MarkAsValue(operand as TypeReference, type);
            MarkAsValue((operand as MemberReference)?.DeclaringType, type);
            foreach (var argument in (operand as GenericInstanceMethod)?.GenericArguments ?? [])
                MarkAsValue(argument, type);
        }
    }

    private static void MarkAsValue(TypeReference? reference, TypeDefinition type)
    {
        if (reference is GenericInstanceType && Is(reference, type))
            reference.IsValueType = true;
    }

    private static bool Makes(Instruction instruction, TypeDefinition type) =>
        instruction.OpCode == OpCodes.Newobj && Is(((MethodReference)instruction.Operand).DeclaringType, type);

    private static bool IsOf(Instruction instruction, OpCode code, TypeDefinition type) =>
        instruction.OpCode == code && Is(((VariableDefinition)instruction.Operand).VariableType, type);

    private static bool Is(TypeReference reference, TypeDefinition type) => reference.GetElementType() == type;
}
