import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  IdempotencyRecordStatus,
} from "@aws-lambda-powertools/idempotency";
import { BasePersistenceLayer, type IdempotencyRecord } from "@aws-lambda-powertools/idempotency/persistence";

/** The table's rules without the table, for a run without AWS: it forgets when the process ends. */
export class MemoryStore extends BasePersistenceLayer {
  private readonly records = new Map<string, IdempotencyRecord>();

  protected _putRecord(record: IdempotencyRecord): Promise<void> {
    const existing = this.records.get(record.idempotencyKey);
    if (existing !== undefined && !mayBeTakenOver(existing)) {
      return Promise.reject(new IdempotencyItemAlreadyExistsError("the step is known", existing));
    }
    this.records.set(record.idempotencyKey, record);
    return Promise.resolve();
  }

  protected _getRecord(idempotencyKey: string): Promise<IdempotencyRecord> {
    const record = this.records.get(idempotencyKey);
    return record ? Promise.resolve(record) : Promise.reject(new IdempotencyItemNotFoundError());
  }

  protected _updateRecord(record: IdempotencyRecord): Promise<void> {
    this.records.set(record.idempotencyKey, record);
    return Promise.resolve();
  }

  protected _deleteRecord(record: IdempotencyRecord): Promise<void> {
    this.records.delete(record.idempotencyKey);
    return Promise.resolve();
  }
}

/** The condition that Powertools puts on its write to DynamoDB: expired, or begun by an invocation that has timed out. */
function mayBeTakenOver(record: IdempotencyRecord): boolean {
  const abandoned =
    record.getStatus() === IdempotencyRecordStatus.INPROGRESS &&
    record.inProgressExpiryTimestamp !== undefined &&
    record.inProgressExpiryTimestamp < Date.now();
  return record.isExpired() || abandoned;
}
