"""The OpenAPI 3.1 document, made from the declarations that answer."""

from django.conf import settings

from reports.api.asking import PARAMETERS
from reports.api.collections import COLLECTIONS, Collection
from reports.pack.report import Column, Kind

VERSION = "1.0.0"
TYPES: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.COUNT: {"type": ["integer", "null"]},
    Kind.MONEY: {"type": ["string", "null"], "pattern": r"^-?\d+\.\d{2}$"},
    Kind.PERCENT: {"type": ["string", "null"], "pattern": r"^\d+(\.\d+)?$"},
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
}
REFUSALS = {
    "400": "อ่านสิ่งที่ขอไม่ได้",
    "401": "ไม่มีกุญแจ กุญแจผิด หมดอายุ หรือถูกยกเลิก",
    "403": "กุญแจนี้อ่านข้อมูลนี้ไม่ได้",
    "404": "ไม่พบพื้นที่ในขอบเขตของกุญแจ",
    "405": "อ่านได้อย่างเดียว",
    "429": "ขอถี่เกินไป",
}


def document() -> dict[str, object]:
    refusal = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ระบบบริหารจัดการหนี้กองทุนชุมชน",
            "version": VERSION,
            "description": "อ่านอย่างเดียว เฉพาะพื้นที่ของกุญแจ ไม่มีชื่อและเลขประจำตัวประชาชนของลูกหนี้ จำนวนเงินเป็นข้อความของบาททศนิยม 2 ตำแหน่ง",
        },
        "servers": [{"url": f"{settings.PUBLIC_URL}/api/v1"}],
        "security": [{"token": []}],
        "paths": {f"/{each.name}/": {"get": _operation(each)} for each in COLLECTIONS.values()},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "refusal": refusal,
                **{each.name: _page(each) for each in COLLECTIONS.values()},
            },
        },
    }


def _operation(collection: Collection) -> dict[str, object]:
    return {
        "operationId": f"read_{collection.name}",
        "summary": collection.title,
        "description": collection.description,
        "parameters": [
            {"name": each.name, "in": "query", "description": each.description, "schema": each.schema}
            for each in PARAMETERS
        ],
        "responses": {
            "200": _answer(collection.title, collection.name),
            **{status: _answer(said, "refusal") for status, said in REFUSALS.items()},
        },
    }


def _answer(description: str, schema: str) -> dict[str, object]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


def _page(collection: Collection) -> dict[str, object]:
    row = {
        "type": "object",
        "properties": {column.name: _column(column) for column in collection.columns},
        "required": [column.name for column in collection.columns],
        "additionalProperties": False,
    }
    properties = {
        "area": {"type": "string", "description": "รหัสพื้นที่ TH = ทั้งประเทศ"},
        "fiscal_year": {"type": "integer", "description": "ปีงบประมาณ พ.ศ."},
        "as_of": {"type": "string", "format": "date"},
        "rows": {"type": "array", "items": row},
        "next": {"type": ["string", "null"], "description": "ค่า after ของหน้าถัดไป null = หน้าสุดท้าย"},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _column(column: Column) -> dict[str, object]:
    return {**TYPES[column.kind], "description": column.label}
