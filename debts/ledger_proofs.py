"""Proofs that what is stored agrees with what it is derived from.

Plain SQL that runs the same on both databases, in whole satang: a proof should not rest on the code it proves.
Each is one query for the whole database and returns the rows that differ.
"""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Proof:
    """`rows` is the table whose rows are proved, `differing` the query for those that are wrong."""

    promise: str
    rows: str
    differing: str

    def count(self) -> int:
        return _select(f"SELECT COUNT(*) FROM {self.rows}")[0][0]  # noqa: S608 (our own table names)

    def failures(self) -> list[tuple]:
        return _select(self.differing)


def _select(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _no_gaps(promise: str, table: str, owner: str, series: str) -> Proof:
    differing = f"""
        SELECT t.{owner}, t.year FROM {table} t
        LEFT JOIN debts_runningnumber n ON n.series = '{series}/' || t.{owner} || '/' || t.year
        GROUP BY t.{owner}, t.year, n.last
        HAVING MIN(t.sequence) <> 1 OR MAX(t.sequence) <> COUNT(*) OR MAX(t.sequence) <> COALESCE(n.last, 0)
    """  # noqa: S608 (our own table names)
    return Proof(promise, table, differing)


PROOFS = (
    Proof(
        "ยอดคงเหลือของหนี้เท่ากับผลรวมของรายการบัญชี",
        "debts_debt",
        """
        SELECT d.id FROM debts_debt d
        LEFT JOIN (
            SELECT debt_id, SUM(principal) AS principal, SUM(interest) AS interest, SUM(apart) AS apart,
                   SUM(penalty) AS penalty
            FROM debts_entry GROUP BY debt_id
        ) e ON e.debt_id = d.id
        WHERE d.principal <> COALESCE(e.principal, 0) OR d.interest <> COALESCE(e.interest, 0)
           OR d.apart <> COALESCE(e.apart, 0) OR d.penalty <> COALESCE(e.penalty, 0)
           OR d.outstanding <> d.principal + d.interest + d.apart + d.penalty
        """,
    ),
    Proof(
        "หนี้ปิดบัญชีในวันที่ยอดคงเหลือเป็นศูนย์",
        "debts_debt",
        """
        SELECT d.id FROM debts_debt d
        LEFT JOIN (SELECT debt_id, MAX("on") AS newest_on FROM debts_entry GROUP BY debt_id) e
               ON e.debt_id = d.id
        WHERE (d.outstanding = 0) <> (d.closed_on IS NOT NULL) OR d.closed_on <> e.newest_on
        """,
    ),
    Proof(
        "ยอดที่ตัดหนี้สูญและยังไม่ได้รับคืนเท่ากับผลรวมของรายการบัญชี",
        "debts_debt",
        """
        SELECT d.id FROM debts_debt d
        LEFT JOIN (
            SELECT e.debt_id, SUM(e.principal + e.interest + e.apart + e.penalty) AS total
            FROM debts_entry e LEFT JOIN debts_entry r ON r.id = e.reverses_id
            WHERE COALESCE(r.kind, e.kind) IN ('write_off', 'recovery') GROUP BY e.debt_id
        ) w ON w.debt_id = d.id
        WHERE d.written_off <> -COALESCE(w.total, 0)
        """,
    ),
    Proof(
        "จำนวนเงินตามสัญญาเท่ากับหนี้ที่รวม หักที่ยกเว้น บวกเงินกู้เพิ่ม",
        "debts_contract",
        """
        SELECT c.id FROM debts_contract c
        LEFT JOIN (
            SELECT contract_id, SUM(kept_apart) AS apart,
                   SUM(waived_principal + waived_interest + waived_penalty) AS waived,
                   SUM(principal + interest + penalty) AS owed
            FROM debts_mergeddebt GROUP BY contract_id
        ) m ON m.contract_id = c.id
        WHERE m.contract_id IS NULL OR c.amount <> m.owed - m.waived + c.new_money
           OR c.kept_apart <> m.apart OR c.waived <> m.waived
        """,
    ),
    Proof(
        "เงินต้นในตารางผ่อนชำระรวมเท่ากับเงินต้นตามสัญญา",
        "debts_contract",
        """
        SELECT c.id FROM debts_contract c
        LEFT JOIN (
            SELECT contract_id, SUM(principal) AS principal, MIN(balance) AS balance
            FROM debts_instalment WHERE version_id IS NULL GROUP BY contract_id
        ) i ON i.contract_id = c.id
        WHERE c.bears_interest <> COALESCE(i.principal, 0) OR COALESCE(i.balance, -1) <> 0
        """,
    ),
    Proof(
        "แผนใหม่เริ่มจากยอดคงเหลือของวันนั้น และเงินต้นในตารางรวมเท่ากัน",
        "debts_scheduleversion",
        """
        SELECT v.id FROM debts_scheduleversion v
        JOIN debts_planchange p ON p.id = v.change_id JOIN debts_contract c ON c.id = v.contract_id
        LEFT JOIN (
            SELECT version_id, SUM(principal) AS principal, MIN(balance) AS balance
            FROM debts_instalment GROUP BY version_id
        ) i ON i.version_id = v.id
        LEFT JOIN (
            SELECT p.id, SUM(e.principal) AS principal, SUM(e.interest + e.apart + e.penalty) AS besides
            FROM debts_planchange p JOIN debts_contract c ON c.id = p.contract_id
            JOIN debts_entry e ON e.debt_id = c.debt_id AND (
                e.id <= p.newest_entry_id OR (e.change_id = p.id AND e.reverses_id IS NULL)
            )
            GROUP BY p.id
        ) b ON b.id = p.id
        WHERE v.bears_interest <> COALESCE(i.principal, 0) OR COALESCE(i.balance, -1) <> 0
           OR v.bears_interest <> COALESCE(b.principal, 0) OR v.kept_apart <> COALESCE(b.besides, 0)
           OR v.contract_id <> p.contract_id OR v.starts_on <> p.applied_on
           OR COALESCE(v.undone_on, v.starts_on) <> COALESCE(p.undone_on, v.starts_on)
        """,
    ),
    Proof(
        "สัญญาแต่ละฉบับใช้ตารางผ่อนชำระของแผนล่าสุดที่ไม่ถูกเลิกทำ",
        "debts_instalment",
        """
        SELECT i.id FROM debts_instalment i
        LEFT JOIN (
            SELECT contract_id, MAX(id) AS id FROM debts_scheduleversion
            WHERE undone_on IS NULL GROUP BY contract_id
        ) v ON v.contract_id = i.contract_id
        WHERE i.is_current <> (COALESCE(i.version_id, 0) = COALESCE(v.id, 0))
        """,
    ),
    Proof(
        "การเปลี่ยนแผนที่มีผลได้รับอนุมัติครบจากผู้อื่นที่ไม่ใช่ผู้เสนอ",
        "debts_planchange",
        """
        SELECT p.id FROM debts_planchange p
        LEFT JOIN (
            SELECT a.change_id, COUNT(*) AS number FROM debts_planapproval a
            JOIN debts_planchange p ON p.id = a.change_id AND p.proposed_by_id = a.maker_id
            GROUP BY a.change_id
        ) a ON a.change_id = p.id
        WHERE p.applied_on IS NOT NULL AND COALESCE(a.number, 0) < p.needed
        """,
    ),
    Proof(
        "ยอดที่ยกเว้นหรือตัดหนี้สูญเท่ากับที่อนุมัติ",
        "debts_planchange",
        """
        SELECT p.id FROM debts_planchange p
        LEFT JOIN (
            SELECT change_id, SUM(principal + interest + apart + penalty) AS relieved
            FROM debts_entry WHERE kind IN ('waiver', 'write_off') GROUP BY change_id
        ) e ON e.change_id = p.id
        WHERE p.applied_on IS NOT NULL AND p.relieved <> -COALESCE(e.relieved, 0)
        """,
    ),
    Proof(
        "หนี้สูญที่ได้รับคืนไม่มากกว่าที่ตัดไว้",
        "debts_debt",
        """
        SELECT debt_id FROM (
            SELECT e.debt_id, SUM(e.principal + e.interest + e.apart + e.penalty) AS lost
            FROM debts_entry e LEFT JOIN debts_entry r ON r.id = e.reverses_id
            WHERE e.kind IN ('write_off', 'recovery') OR r.kind IN ('write_off', 'recovery')
            GROUP BY e.debt_id
        ) sums WHERE lost > 0
        """,
    ),
    Proof(
        "ยอดที่แหล่งกู้ยืมใหม่รับโอนเท่ากับยอดที่กองทุนเดิมโอนออก",
        "debts_contract",
        """
        SELECT c.id FROM debts_contract c
        LEFT JOIN (
            SELECT contract_id,
                   SUM(CASE kind WHEN 'transfer_in' THEN principal ELSE 0 END) AS principal_in,
                   SUM(CASE kind WHEN 'transfer_in' THEN apart ELSE 0 END) AS apart_in,
                   SUM(CASE kind WHEN 'transfer_out' THEN principal ELSE 0 END) AS principal_out,
                   SUM(CASE kind WHEN 'transfer_out' THEN apart ELSE 0 END) AS apart_out
            FROM debts_entry GROUP BY contract_id
        ) e ON e.contract_id = c.id
        WHERE e.contract_id IS NULL
           OR c.bears_interest <> e.principal_in OR c.kept_apart <> e.apart_in
           OR c.bears_interest <> c.new_money - e.principal_out OR c.kept_apart <> -e.apart_out
        """,
    ),
    Proof(
        "จำนวนเงินที่รับเท่ากับจำนวนที่ตัดหนี้",
        "debts_payment",
        """
        SELECT p.id FROM debts_payment p
        LEFT JOIN (
            SELECT payment_id, SUM(principal + interest + apart + penalty) AS paid
            FROM debts_entry WHERE kind = 'payment' GROUP BY payment_id
        ) e ON e.payment_id = p.id
        WHERE p.amount <> -COALESCE(e.paid, 0)
        """,
    ),
    Proof(
        "รายการที่กลับเป็นจำนวนตรงข้ามของรายการเดิม",
        "debts_entry",
        """
        SELECT r.id FROM debts_entry r JOIN debts_entry e ON e.id = r.reverses_id
        WHERE r.debt_id <> e.debt_id OR r.principal <> -e.principal OR r.interest <> -e.interest
           OR r.apart <> -e.apart OR r.penalty <> -e.penalty
        """,
    ),
    Proof(
        "ปรับยอดตามทะเบียนเฉพาะหนี้ตามสัญญาเดิม",
        "debts_entry",
        """
        SELECT e.id FROM debts_entry e JOIN debts_debt d ON d.id = e.debt_id
        WHERE e.kind = 'adjustment'
          AND (d.kind <> 'original' OR e.contract_id IS NOT NULL OR e.payment_id IS NOT NULL)
        """,
    ),
    Proof(
        "หนี้และผู้กู้ไม่อยู่กับครัวเรือนที่รวมเข้ากับครัวเรือนอื่นแล้ว",
        "debts_debt",
        """
        SELECT d.id FROM debts_debt d
        WHERE d.household_id IN (SELECT h.id FROM households_household h WHERE h.merged_into_id IS NOT NULL)
           OR d.borrower_id IN (
               SELECT p.id FROM households_person p JOIN households_household h ON h.id = p.household_id
               WHERE h.merged_into_id IS NOT NULL
           )
        """,
    ),
    Proof(
        "หนี้ที่ยกเลิกการนำเข้าไม่มียอดค้างในวันใดเลย",
        "debts_debt",
        """
        SELECT e.debt_id, e."on" FROM debts_entry e JOIN debts_debt d ON d.id = e.debt_id
        WHERE d.withdrawn_at IS NOT NULL GROUP BY e.debt_id, e."on"
        HAVING SUM(e.principal) <> 0 OR SUM(e.interest) <> 0 OR SUM(e.apart) <> 0 OR SUM(e.penalty) <> 0
        """,
    ),
    Proof(
        "กองทุนเดิมจะได้รับเท่ากับหนี้ที่โอนออกไปยังแหล่งกู้ยืมใหม่",
        "debts_settlement",
        """
        SELECT contract_id, fund_id FROM (
            SELECT contract_id, payee_id AS fund_id, amount AS owed FROM debts_settlement
            UNION ALL
            SELECT e.contract_id, d.fund_id, e.principal + e.apart FROM debts_entry e
            JOIN debts_debt d ON d.id = e.debt_id JOIN debts_contract c ON c.id = e.contract_id
            WHERE e.kind = 'transfer_out' AND d.fund_id <> c.lender_id
        ) books GROUP BY contract_id, fund_id HAVING SUM(owed) <> 0
        """,
    ),
    Proof(
        "แหล่งกู้ยืมใหม่ต้องจ่ายเท่ากับหนี้ของกองทุนอื่นที่รับมา จึงเท่ากับที่กองทุนอื่นจะได้รับ",
        "debts_contract",
        """
        SELECT contract_id FROM (
            SELECT s.contract_id, -s.amount AS owed FROM debts_settlement s
            JOIN debts_contract c ON c.id = s.contract_id AND c.lender_id = s.payer_id
            UNION ALL
            SELECT c.id, c.amount - c.new_money FROM debts_contract c
            UNION ALL
            SELECT c.id, e.principal + e.apart FROM debts_contract c
            JOIN debts_entry e ON e.contract_id = c.id AND e.kind = 'transfer_out'
            JOIN debts_debt d ON d.id = e.debt_id AND d.fund_id = c.lender_id
        ) books GROUP BY contract_id HAVING SUM(owed) <> 0
        """,
    ),
    Proof(
        "ยอดที่จ่ายแล้วระหว่างกองทุนเท่ากับผลรวมของการโอน",
        "debts_settlement",
        """
        SELECT s.id FROM debts_settlement s
        LEFT JOIN (SELECT settlement_id, SUM(amount) AS paid FROM debts_transferpart GROUP BY settlement_id) p
               ON p.settlement_id = s.id
        WHERE s.paid <> COALESCE(p.paid, 0)
        """,
    ),
    Proof(
        "ไม่มีวันใดที่กองทุนจ่ายเกินยอดที่ต้องจ่าย หรือจ่ายก่อนมียอด",
        "debts_settlement",
        """
        SELECT s.id, paid."on" FROM debts_settlement s JOIN (
            SELECT p.settlement_id, t."on",
                   SUM(SUM(p.amount)) OVER (PARTITION BY p.settlement_id ORDER BY t."on") AS until
            FROM debts_transferpart p JOIN debts_transfer t ON t.id = p.transfer_id
            GROUP BY p.settlement_id, t."on"
        ) paid ON paid.settlement_id = s.id
        WHERE paid.until < 0 OR paid.until > s.amount OR paid."on" < s.since_on
           OR (s.cancelled_on IS NOT NULL AND paid."on" > s.cancelled_on)
        """,
    ),
    Proof(
        "จำนวนเงินที่โอนเท่ากับที่แบ่งให้แต่ละสัญญาของสองกองทุนนั้น",
        "debts_transfer",
        """
        SELECT t.id FROM debts_transfer t
        LEFT JOIN (
            SELECT p.transfer_id, SUM(p.amount) AS amount, MIN(s.payer_id) AS payer, MAX(s.payer_id) AS payer_too,
                   MIN(s.payee_id) AS payee, MAX(s.payee_id) AS payee_too
            FROM debts_transferpart p JOIN debts_settlement s ON s.id = p.settlement_id GROUP BY p.transfer_id
        ) p ON p.transfer_id = t.id
        WHERE t.amount <> COALESCE(p.amount, 0) OR p.payer <> t.payer_id OR p.payer_too <> t.payer_id
           OR p.payee <> t.payee_id OR p.payee_too <> t.payee_id
        """,
    ),
    Proof(
        "การกลับรายการโอนเป็นจำนวนตรงข้ามของการโอนเดิมทุกสัญญา",
        "debts_transfer",
        """
        SELECT r.id FROM debts_transfer r JOIN debts_transfer t ON t.id = r.reverses_id
        LEFT JOIN debts_transferpart p ON p.transfer_id IN (r.id, t.id)
        GROUP BY r.id, p.settlement_id HAVING SUM(p.amount) <> 0
        """,
    ),
    _no_gaps("เลขที่สัญญาเรียงต่อกันไม่ขาดไม่ซ้ำ", "debts_contract", "centre_id", "contract"),
    _no_gaps("เลขที่ใบเสร็จเรียงต่อกันไม่ขาดไม่ซ้ำ", "debts_payment", "fund_id", "receipt"),
)
